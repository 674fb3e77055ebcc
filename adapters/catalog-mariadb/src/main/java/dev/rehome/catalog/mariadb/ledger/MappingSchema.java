package dev.rehome.catalog.mariadb.ledger;

import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The ledger's tables. They are ordinary InnoDB tables, because a TEMPORARY one is visible to its own session only, and
 * need no right but CREATE. Their row format is set to dynamic: other formats have no room for the
 * index of a long key.
 */
public record MappingSchema(TableName mapping) {
    /**
     * One of the tables.
     *
     * @param name its name in statements
     * @param suffix its suffix
     * @param own the columns that identify it as ours
     * @param comment its content
     * @param definition its columns and keys, each on a line; empty for a table that isn't always there
     */
    private record Table(String name, String suffix, List<String> own, String comment, String definition) {
        /** The columns, except those of the row key. Keywords are in upper case. */
        List<String> columns() {
            return definition
                    .lines()
                    .map(line -> line.strip().split(" ", 2)[0])
                    .filter(word -> word.matches("[a-z_]+"))
                    .toList();
        }
    }

    /** In the order of their creation. */
    private static final List<Table> TABLES = List.of(
            new Table("runs", "_run", List.of("fingerprint"), "runs", """
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
            new Table("batches", "_batch", List.of("applied_at"), "applied batches", """
              batch_id BINARY(16) NOT NULL,
              run_no INT UNSIGNED NOT NULL,
              migrated INT UNSIGNED NOT NULL,
              changed INT UNSIGNED NOT NULL COMMENT 'by the application in the meantime',
              deleted INT UNSIGNED NOT NULL COMMENT 'by the application in the meantime',
              failed INT UNSIGNED NOT NULL,
              applied_at DATETIME(6) NOT NULL COMMENT 'UTC',
              PRIMARY KEY (batch_id)"""),
            new Table("beats", "_beat", List.of("beat_at"), "heartbeat for replicas", """
              id TINYINT UNSIGNED NOT NULL COMMENT 'always 1',
              writer VARCHAR(64) CHARACTER SET ascii NOT NULL COMMENT 'the start of the producer',
              beat_at DATETIME(6) NOT NULL COMMENT 'by the clock of the producer, UTC',
              PRIMARY KEY (id)"""),
            new Table("control", "_control", List.of("revision", "value_after"), "changes by operators", """
              revision BIGINT UNSIGNED NOT NULL COMMENT 'the number of the change, from 1',
              changed_at DATETIME(6) NOT NULL COMMENT 'by the clock of the queue, UTC',
              author TEXT NOT NULL,
              name VARCHAR(64) CHARACTER SET ascii NOT NULL COMMENT 'hold, a setting, or an action',
              value_before TEXT NOT NULL,
              value_after TEXT NOT NULL COMMENT 'empty when it was removed; what was done, of an action',
              PRIMARY KEY (revision)"""),
            new Table("in_use", "_in_use", List.of("new_key"), "new keys in use", """
              new_key BINARY(16) NOT NULL COMMENT 'the start of the SHA-256 of new_location',
              batch_id BINARY(16) NOT NULL,
              record_no INT UNSIGNED NOT NULL,
              PRIMARY KEY (new_key, batch_id, record_no)"""),
            new Table("requeues", "_requeue", List.of("order_id", "requested_at"), "requeues by operators", """
              order_id BINARY(16) NOT NULL COMMENT 'drawn by the command',
              run_no INT UNSIGNED NOT NULL,
              code VARCHAR(32) CHARACTER SET ascii NULL COMMENT 'of the failures; null for all',
              author VARCHAR(255) NOT NULL,
              records INT UNSIGNED NOT NULL COMMENT 'made pending again',
              requested_at DATETIME(6) NOT NULL COMMENT 'UTC',
              PRIMARY KEY (order_id)"""),
            new Table("rollbacks", "_rollback", List.of("restored", "rolled_back_at"), "rolled back batches", """
              batch_id BINARY(16) NOT NULL,
              run_no INT UNSIGNED NOT NULL,
              restored INT UNSIGNED NOT NULL COMMENT 'rows that hold the old location',
              changed INT UNSIGNED NOT NULL COMMENT 'by the application in the meantime',
              deleted INT UNSIGNED NOT NULL COMMENT 'by the application in the meantime',
              kept INT UNSIGNED NOT NULL COMMENT 'without an object at the old location',
              failed INT UNSIGNED NOT NULL COMMENT 'rejected by the database',
              rolled_back_at DATETIME(6) NOT NULL COMMENT 'UTC',
              PRIMARY KEY (batch_id)"""),
            new Table("mapping", "", List.of("k1", "old_location"), "old and new locations", """
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
              KEY by_record (:indexed)"""),
            // Created by the manifest's loader.
            new Table("manifest", "_manifest", List.of("old_key", "new_key"), "manifest", ""));

    /** The runs. */
    TableName runs() {
        return mapping.with("_run");
    }

    /** The operators' requeues. */
    TableName requeues() {
        return mapping.with("_requeue");
    }

    /** The operators' changes. */
    TableName control() {
        return mapping.with("_control");
    }

    /** The manifest; created only for a run that has one. */
    public TableName manifest() {
        return mapping.with("_manifest");
    }

    /** The columns that identify each table as ours. */
    Map<TableName, List<String>> ownColumns() {
        return TABLES.stream().collect(Collectors.toMap(table -> mapping.with(table.suffix()), Table::own));
    }

    /** The columns that this release needs in each table, except those of the row key. */
    Map<TableName, List<String>> neededColumns() {
        return TABLES.stream().collect(Collectors.toMap(table -> mapping.with(table.suffix()), Table::columns));
    }

    /**
     * SQL in which {@code :mapping}, {@code :batches} (totals), {@code :runs}, {@code :beats} (the heartbeat for replicas),
     * {@code :control} (what operators changed), {@code :in_use} (new keys that another old key might yield too),
     * {@code :requeues}, {@code :rollbacks} and {@code :manifest} are our tables.
     */
    public SqlFragment sql(String text) {
        return SqlFragment.sql(text)
                .withThoseOf(
                        TABLES.stream().collect(Collectors.toMap(Table::name, table -> mapping.with(table.suffix()))));
    }

    /** The statements that create the tables that are missing. */
    public List<SqlFragment> statements(TableProfile profile) {
        MappingKey key = new MappingKey(profile.key());
        LocationSql location = new LocationSql(profile.column());
        return TABLES.stream()
                .filter(table -> !table.definition().isEmpty())
                .map(table -> statement(table)
                        .withThoseOf(Map.of(
                                "keys", key.declarations(),
                                "location", location.declaration(),
                                "indexed", profile.isKeyless() ? LocationSql.indexed("old_location") : key.list())))
                .toList();
    }

    private SqlFragment statement(Table table) {
        return sql("CREATE TABLE IF NOT EXISTS :" + table.name() + " (\n" + table.definition()
                + "\n) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COMMENT='Rehome: " + table.comment()
                + "'");
    }
}
