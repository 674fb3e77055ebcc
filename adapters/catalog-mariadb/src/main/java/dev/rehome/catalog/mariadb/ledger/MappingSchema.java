package dev.rehome.catalog.mariadb.ledger;

import dev.rehome.catalog.mariadb.sql.Identifiers;
import dev.rehome.catalog.mariadb.sql.KeySql;
import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import java.util.List;

/**
 * The tables of our own: mapping, batches and runs. Real InnoDB tables (a TEMPORARY one is visible to its own session
 * only), created with nothing but the CREATE right. Dynamic rows, whatever the server's default is: others have no room
 * for the index of a long key.
 */
public record MappingSchema(TableName mapping) {
    /** What the applied batches came to. */
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

    /** The manifest; made only for a run that has one. */
    public TableName manifest() {
        return mapping.with("_manifest");
    }

    /** The statements that create what is missing. */
    public List<String> statements(TableProfile profile) {
        KeySql key = new KeySql(profile.key());
        LocationSql location = new LocationSql(profile.column());
        return List.of(
                """
                CREATE TABLE IF NOT EXISTS %s (
                  run_no INT UNSIGNED NOT NULL COMMENT 'from 1',
                  run_token CHAR(36) CHARACTER SET ascii NOT NULL COMMENT 'identifies the run, drawn at its start',
                  fingerprint CHAR(64) CHARACTER SET ascii NOT NULL COMMENT 'of the settings that must not change',
                  settings VARCHAR(4000) NOT NULL COMMENT 'those settings, to be read by people',
                  manifest VARCHAR(200) NULL COMMENT 'the identity of what says which rows; null without one',
                  state ENUM('RUNNING', 'COMPLETE') NOT NULL,
                  started_at DATETIME(6) NOT NULL COMMENT 'UTC',
                  completed_at DATETIME(6) NULL COMMENT 'UTC',
                  scaling_due BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'complete, services not yet at zero',
                  report MEDIUMTEXT NULL,
                  PRIMARY KEY (run_no)
                ) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COMMENT='Rehome: runs'""".formatted(Identifiers.table(runs())),
                """
                CREATE TABLE IF NOT EXISTS %s (
                  batch_id BINARY(16) NOT NULL,
                  run_no INT UNSIGNED NOT NULL,
                  migrated INT UNSIGNED NOT NULL,
                  changed INT UNSIGNED NOT NULL COMMENT 'by the application meanwhile, left alone',
                  deleted INT UNSIGNED NOT NULL COMMENT 'by the application meanwhile',
                  failed INT UNSIGNED NOT NULL,
                  applied_at DATETIME(6) NOT NULL COMMENT 'UTC',
                  PRIMARY KEY (batch_id)
                ) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COMMENT='Rehome: applied batches'""".formatted(Identifiers.table(batches())),
                """
                CREATE TABLE IF NOT EXISTS %s (
                  id TINYINT UNSIGNED NOT NULL COMMENT 'always 1',
                  writer VARCHAR(64) CHARACTER SET ascii NOT NULL COMMENT 'the start of the producer',
                  beat_at DATETIME(6) NOT NULL COMMENT 'by the clock of the producer, UTC',
                  PRIMARY KEY (id)
                ) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COMMENT='Rehome: heartbeat for replicas'""".formatted(Identifiers.table(beats())),
                """
                CREATE TABLE IF NOT EXISTS %s (
                  batch_id BINARY(16) NOT NULL,
                  record_no INT UNSIGNED NOT NULL COMMENT 'place in the batch, from 0',
                  run_no INT UNSIGNED NOT NULL,
                  %s,
                  old_location %s NOT NULL,
                  new_location %s NULL COMMENT 'null unless copied',
                  outcome ENUM('COPIED', 'FAILED', 'MIGRATED', 'CHANGED', 'DELETED') NOT NULL,
                  code VARCHAR(32) CHARACTER SET ascii NULL COMMENT 'of the failure',
                  message VARCHAR(1000) NULL COMMENT 'of the failure',
                  etag VARCHAR(255) CHARACTER SET ascii NULL COMMENT 'of the target object',
                  size BIGINT UNSIGNED NULL COMMENT 'bytes, where a request told it',
                  recorded_at DATETIME(6) NOT NULL COMMENT 'UTC',
                  PRIMARY KEY (batch_id, record_no),
                  KEY by_record (%s)
                ) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COMMENT='Rehome: old and new locations'""".formatted(
                                Identifiers.table(mapping),
                                key.mappingDeclarations(),
                                location.declaration(),
                                location.declaration(),
                                profile.isKeyless() ? LocationSql.indexed("old_location") : key.mappingList()));
    }
}
