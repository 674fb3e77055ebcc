package dev.rehome.catalog.mariadb.ledger;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import java.util.List;
import java.util.Map;

/**
 * The ledger's tables. They are ordinary InnoDB tables, because a TEMPORARY one is visible to its own session only, and
 * need no right but CREATE. Their rows are dynamic whatever the server's default is: other formats have no room for the
 * index of a long key.
 */
public record MappingSchema(TableName mapping) {
    /** The totals of finished batches. */
    public TableName batches() {
        return mapping.with("_batch");
    }

    /** The runs. */
    public TableName runs() {
        return mapping.with("_run");
    }

    /** The heartbeat for replicas. */
    public TableName beats() {
        return mapping.with("_beat");
    }

    /** The manifest; created only for a run that has one. */
    public TableName manifest() {
        return mapping.with("_manifest");
    }

    /** The new keys that another old key might yield too: those of manifests and of KEY_LAYOUT=flatten. */
    public TableName inUse() {
        return mapping.with("_in_use");
    }

    /** The columns by which each of the tables is known as ours. */
    Map<TableName, List<String>> ownColumns() {
        return Map.of(
                runs(),
                List.of("fingerprint"),
                batches(),
                List.of("applied_at"),
                beats(),
                List.of("beat_at"),
                inUse(),
                List.of("new_key"),
                manifest(),
                List.of("old_key", "new_key"),
                mapping,
                List.of("k1", "old_location"));
    }

    /** The statements that create the tables that are missing. */
    public List<SqlFragment> statements(TableProfile profile) {
        MappingKey key = new MappingKey(profile.key());
        LocationSql location = new LocationSql(profile.column());
        return List.of(
                sql("""
                CREATE TABLE IF NOT EXISTS :table (
                  run_no INT UNSIGNED NOT NULL COMMENT 'from 1',
                  run_token CHAR(36) CHARACTER SET ascii NOT NULL COMMENT 'identifies the run, drawn at its start',
                  fingerprint CHAR(64) CHARACTER SET ascii NOT NULL COMMENT 'of the settings that must not change',
                  settings VARCHAR(4000) NOT NULL COMMENT 'those settings, for people to read',
                  manifest VARCHAR(200) NULL COMMENT 'its identity; null if the prefix selects the rows',
                  state ENUM('RUNNING', 'COMPLETE') NOT NULL,
                  started_at DATETIME(6) NOT NULL COMMENT 'UTC',
                  completed_at DATETIME(6) NULL COMMENT 'UTC',
                  scaling_due BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'complete, services not yet at zero',
                  report MEDIUMTEXT NULL,
                  PRIMARY KEY (run_no)
                ) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COMMENT='Rehome: runs'""").with("table", runs()),
                sql("""
                CREATE TABLE IF NOT EXISTS :table (
                  batch_id BINARY(16) NOT NULL,
                  run_no INT UNSIGNED NOT NULL,
                  migrated INT UNSIGNED NOT NULL,
                  changed INT UNSIGNED NOT NULL COMMENT 'by the application in the meantime',
                  deleted INT UNSIGNED NOT NULL COMMENT 'by the application in the meantime',
                  failed INT UNSIGNED NOT NULL,
                  applied_at DATETIME(6) NOT NULL COMMENT 'UTC',
                  PRIMARY KEY (batch_id)
                ) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COMMENT='Rehome: applied batches'""").with("table", batches()),
                sql("""
                CREATE TABLE IF NOT EXISTS :table (
                  id TINYINT UNSIGNED NOT NULL COMMENT 'always 1',
                  writer VARCHAR(64) CHARACTER SET ascii NOT NULL COMMENT 'the start of the producer',
                  beat_at DATETIME(6) NOT NULL COMMENT 'by the clock of the producer, UTC',
                  PRIMARY KEY (id)
                ) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COMMENT='Rehome: heartbeat for replicas'""").with("table", beats()),
                sql("""
                CREATE TABLE IF NOT EXISTS :table (
                  new_key BINARY(16) NOT NULL COMMENT 'the start of the SHA-256 of new_location',
                  batch_id BINARY(16) NOT NULL,
                  record_no INT UNSIGNED NOT NULL,
                  PRIMARY KEY (new_key, batch_id, record_no)
                ) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COMMENT='Rehome: new keys in use'""").with("table", inUse()),
                sql("""
                CREATE TABLE IF NOT EXISTS :table (
                  batch_id BINARY(16) NOT NULL,
                  record_no INT UNSIGNED NOT NULL COMMENT 'position in the batch, from 0',
                  run_no INT UNSIGNED NOT NULL,
                  :keys,
                  old_location :location NOT NULL,
                  new_location :location NULL COMMENT 'null unless copied',
                  outcome ENUM('COPIED', 'FAILED', 'MIGRATED', 'CHANGED', 'DELETED') NOT NULL,
                  code VARCHAR(32) CHARACTER SET ascii NULL COMMENT 'of the failure',
                  message VARCHAR(1000) NULL COMMENT 'of the failure',
                  etag VARCHAR(255) CHARACTER SET ascii NULL COMMENT 'of the target object',
                  size BIGINT UNSIGNED NULL COMMENT 'bytes, if a request returned it',
                  recorded_at DATETIME(6) NOT NULL COMMENT 'UTC',
                  PRIMARY KEY (batch_id, record_no),
                  KEY by_record (:indexed)
                ) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COMMENT='Rehome: old and new locations'""")
                        .with("table", mapping)
                        .with("keys", key.declarations())
                        .with("location", location.declaration())
                        .with("indexed", profile.isKeyless() ? LocationSql.indexed("old_location") : key.list()));
    }
}
