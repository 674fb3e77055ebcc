package dev.rehome.catalog.mariadb.ledger;

import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The ledger's tables. They are ordinary InnoDB tables, because a TEMPORARY one is visible to its own session only, and
 * need no right but CREATE. Their rows are dynamic whatever the server's default is: other formats have no room for the
 * index of a long key.
 */
public record MappingSchema(TableName mapping) {
    /** One of the tables: its suffix, and the columns by which it is known as ours. */
    private record Table(String suffix, List<String> ownColumns) {}

    /** The tables by their names in statements. */
    private static final Map<String, Table> TABLES = Map.of(
            "mapping", new Table("", List.of("k1", "old_location")),
            "batches", new Table("_batch", List.of("applied_at")),
            "runs", new Table("_run", List.of("fingerprint")),
            "beats", new Table("_beat", List.of("beat_at")),
            "control", new Table("_control", List.of("revision", "value_after")),
            "in_use", new Table("_in_use", List.of("new_key")),
            "rollbacks", new Table("_rollback", List.of("restored", "rolled_back_at")),
            "requeues", new Table("_requeue", List.of("order_id", "requested_at")),
            "manifest", new Table("_manifest", List.of("old_key", "new_key")));

    /** The runs. */
    TableName runs() {
        return mapping.with("_run");
    }

    /** What operators made pending again. */
    TableName requeues() {
        return mapping.with("_requeue");
    }

    /** What operators changed. */
    TableName control() {
        return mapping.with("_control");
    }

    /** The manifest; created only for a run that has one. */
    public TableName manifest() {
        return mapping.with("_manifest");
    }

    /** The columns by which each table is known as ours. */
    Map<TableName, List<String>> ownColumns() {
        return TABLES.values().stream()
                .collect(Collectors.toMap(table -> mapping.with(table.suffix()), Table::ownColumns));
    }

    /**
     * SQL in which {@code :mapping}, {@code :batches} (totals), {@code :runs}, {@code :beats} (the heartbeat for replicas),
     * {@code :control} (what operators changed), {@code :in_use} (new keys that another old key might yield too),
     * {@code :requeues}, {@code :rollbacks} and {@code :manifest} are our tables.
     */
    public SqlFragment sql(String text) {
        Map<String, TableName> tables = new HashMap<>();
        TABLES.forEach((name, table) -> tables.put(name, mapping.with(table.suffix())));
        return SqlFragment.sql(text).withThoseOf(tables);
    }

    /** The statements that create the tables that are missing. */
    public List<SqlFragment> statements(TableProfile profile) {
        MappingKey key = new MappingKey(profile.key());
        LocationSql location = new LocationSql(profile.column());
        return List.of(
                table("runs", "runs", """
                  run_no INT UNSIGNED NOT NULL COMMENT 'from 1',
                  run_token CHAR(36) CHARACTER SET ascii NOT NULL COMMENT 'identifies the run, drawn at its start',
                  fingerprint CHAR(64) CHARACTER SET ascii NOT NULL COMMENT 'of the settings that must not change',
                  settings VARCHAR(4000) NOT NULL COMMENT 'those settings, for people to read',
                  manifest VARCHAR(200) NULL COMMENT 'its identity; null if the prefix selects the rows',
                  state ENUM('RUNNING', 'COMPLETE') NOT NULL,
                  started_at DATETIME(6) NOT NULL COMMENT 'UTC',
                  completed_at DATETIME(6) NULL COMMENT 'UTC',
                  scaling_due BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'complete, services not yet at zero',
                  events_revision BIGINT UNSIGNED NULL COMMENT 'the last change that the webhook has; null before the start',
                  end_sent BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'the webhook has the end',
                  report MEDIUMTEXT NULL,
                  PRIMARY KEY (run_no)"""),
                table("batches", "applied batches", """
                  batch_id BINARY(16) NOT NULL,
                  run_no INT UNSIGNED NOT NULL,
                  migrated INT UNSIGNED NOT NULL,
                  changed INT UNSIGNED NOT NULL COMMENT 'by the application in the meantime',
                  deleted INT UNSIGNED NOT NULL COMMENT 'by the application in the meantime',
                  failed INT UNSIGNED NOT NULL,
                  applied_at DATETIME(6) NOT NULL COMMENT 'UTC',
                  PRIMARY KEY (batch_id)"""),
                table("beats", "heartbeat for replicas", """
                  id TINYINT UNSIGNED NOT NULL COMMENT 'always 1',
                  writer VARCHAR(64) CHARACTER SET ascii NOT NULL COMMENT 'the start of the producer',
                  beat_at DATETIME(6) NOT NULL COMMENT 'by the clock of the producer, UTC',
                  PRIMARY KEY (id)"""),
                table("control", "changes by operators", """
                  revision BIGINT UNSIGNED NOT NULL COMMENT 'the number of the change, from 1',
                  changed_at DATETIME(6) NOT NULL COMMENT 'by the clock of the queue, UTC',
                  author TEXT NOT NULL,
                  name VARCHAR(64) CHARACTER SET ascii NOT NULL COMMENT 'hold, a setting, or an action',
                  value_before TEXT NOT NULL,
                  value_after TEXT NOT NULL COMMENT 'empty when it was removed; what was done, of an action',
                  PRIMARY KEY (revision)"""),
                table("in_use", "new keys in use", """
                  new_key BINARY(16) NOT NULL COMMENT 'the start of the SHA-256 of new_location',
                  batch_id BINARY(16) NOT NULL,
                  record_no INT UNSIGNED NOT NULL,
                  PRIMARY KEY (new_key, batch_id, record_no)"""),
                table("requeues", "requeues by operators", """
                  order_id BINARY(16) NOT NULL COMMENT 'drawn by the command',
                  run_no INT UNSIGNED NOT NULL,
                  code VARCHAR(32) CHARACTER SET ascii NULL COMMENT 'of the failures; null for all',
                  author VARCHAR(255) NOT NULL,
                  records INT UNSIGNED NOT NULL COMMENT 'made pending again',
                  requested_at DATETIME(6) NOT NULL COMMENT 'UTC',
                  PRIMARY KEY (order_id)"""),
                table("rollbacks", "rolled back batches", """
                  batch_id BINARY(16) NOT NULL,
                  run_no INT UNSIGNED NOT NULL,
                  restored INT UNSIGNED NOT NULL COMMENT 'rows that hold the old location',
                  changed INT UNSIGNED NOT NULL COMMENT 'by the application in the meantime',
                  deleted INT UNSIGNED NOT NULL COMMENT 'by the application in the meantime',
                  kept INT UNSIGNED NOT NULL COMMENT 'without an object at the old location',
                  failed INT UNSIGNED NOT NULL COMMENT 'rejected by the database',
                  rolled_back_at DATETIME(6) NOT NULL COMMENT 'UTC',
                  PRIMARY KEY (batch_id)"""),
                table("mapping", "old and new locations", """
                  batch_id BINARY(16) NOT NULL,
                  record_no INT UNSIGNED NOT NULL COMMENT 'position in the batch, from 0',
                  run_no INT UNSIGNED NOT NULL,
                  :keys,
                  old_location :location NOT NULL,
                  new_location :location NULL COMMENT 'null unless copied',
                  outcome ENUM('COPIED', 'FAILED', 'MIGRATED', 'CHANGED', 'DELETED', 'REQUEUED') NOT NULL,
                  code VARCHAR(32) CHARACTER SET ascii NULL COMMENT 'of the failure',
                  message VARCHAR(1000) NULL COMMENT 'of the failure',
                  etag VARCHAR(255) CHARACTER SET ascii NULL COMMENT 'of the target object',
                  size BIGINT UNSIGNED NULL COMMENT 'bytes, if a request returned it',
                  recorded_at DATETIME(6) NOT NULL COMMENT 'UTC',
                  PRIMARY KEY (batch_id, record_no),
                  KEY by_record (:indexed)""")
                        .with("keys", key.declarations())
                        .with("location", location.declaration())
                        .with("indexed", profile.isKeyless() ? LocationSql.indexed("old_location") : key.list()));
    }

    private SqlFragment table(String name, String comment, String columns) {
        return sql("CREATE TABLE IF NOT EXISTS :" + name + " (\n" + columns
                + "\n) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COMMENT='Rehome: " + comment + "'");
    }
}
