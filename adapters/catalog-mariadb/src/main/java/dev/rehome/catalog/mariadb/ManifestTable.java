package dev.rehome.catalog.mariadb;

import dev.rehome.catalog.mariadb.sql.Sql;
import dev.rehome.common.catalog.ManifestEntry;
import dev.rehome.common.catalog.TableName;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The table of the manifest. Keys are the bytes of their UTF-8 whatever the catalog's column is: so every key can be
 * loaded and the primary key holds it whole, for S3's longest key has 1,024 bytes.
 *
 * <p>The entry with the empty key, which no object has, is written last. It bears the manifest's identity: a table
 * without it was not filled to its end.
 */
record ManifestTable(TableName table) {
    private static final List<String> COLUMNS = List.of("old_key", "new_key");
    /** Rows of one statement: with the longest keys two million bytes, well below the usual max_allowed_packet. */
    private static final int ROWS = 1_000;

    private static final String MARK = "";

    String create() {
        return """
                CREATE TABLE %s (
                  old_key VARBINARY(1024) NOT NULL COMMENT 'UTF-8; the empty one bears the identity and is written last',
                  new_key VARBINARY(1024) NULL COMMENT 'UTF-8; null where the prefixes make it',
                  PRIMARY KEY (old_key)
                ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='Rehome: manifest'""".formatted(Identifiers.table(table));
    }

    /** Whether a table of that name, if there is one, is ours. */
    boolean isOurs(ColumnCatalog columns) {
        List<String> found =
                columns.of(table).stream().map(ColumnCatalog.Column::name).toList();
        return found.isEmpty() || found.equals(COLUMNS);
    }

    /** The identity of what is loaded whole; empty when nothing is. */
    Optional<String> loaded(Sql sql, ColumnCatalog columns) {
        if (columns.of(table).isEmpty()) {
            return Optional.empty();
        }
        return sql.first(
                "looking for the loaded manifest",
                "SELECT new_key FROM " + Identifiers.table(table) + " WHERE old_key = ?",
                statement -> statement.setBytes(1, bytes(MARK)),
                row -> new String(row.getBytes(1), StandardCharsets.UTF_8));
    }

    /** Drops what is there and fills it; on a connection in autocommit mode. */
    void load(Connection connection, String identity, Iterator<ManifestEntry> entries, LongConsumer onLoaded)
            throws SQLException {
        Sql.update(connection, "DROP TABLE IF EXISTS " + Identifiers.table(table), Sql::nothing);
        Sql.update(connection, create(), Sql::nothing);
        List<ManifestEntry> slice = new ArrayList<>(ROWS);
        long loaded = 0;
        while (entries.hasNext()) {
            slice.add(entries.next());
            if (slice.size() == ROWS || !entries.hasNext()) {
                insert(connection, slice);
                loaded += slice.size();
                onLoaded.accept(loaded);
                slice.clear();
            }
        }
        Sql.update(connection, insert(1), statement -> {
            statement.setBytes(1, bytes(MARK));
            statement.setBytes(2, bytes(identity));
        });
    }

    private void insert(Connection connection, List<ManifestEntry> entries) throws SQLException {
        Sql.update(connection, insert(entries.size()), statement -> {
            int next = 1;
            for (ManifestEntry entry : entries) {
                statement.setBytes(next++, bytes(entry.key()));
                statement.setBytes(
                        next++, entry.target().map(ManifestTable::bytes).orElse(null));
            }
        });
    }

    private String insert(int rows) {
        return "INSERT INTO " + Identifiers.table(table) + " (old_key, new_key) VALUES (?, ?)"
                + ", (?, ?)".repeat(rows - 1) + " ON DUPLICATE KEY UPDATE old_key = old_key";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
