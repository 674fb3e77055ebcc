package dev.rehome.catalog.mariadb.ledger;

import dev.rehome.catalog.mariadb.sql.ColumnCatalog;
import dev.rehome.catalog.mariadb.sql.Identifiers;
import dev.rehome.catalog.mariadb.sql.Sql;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.common.catalog.ManifestEntry;
import dev.rehome.common.catalog.ManifestLoader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The manifest as a table. Keys are stored as the bytes of their UTF-8, whatever the catalog's column is: every key can
 * be stored, and the primary key holds it whole, because S3's longest key has 1,024 bytes.
 *
 * <p>The entry with the empty key, which no object has, is written last and holds the manifest's identity: a table
 * without it was not completely loaded.
 */
public record MariaDbManifestLoader(Sql sql, ColumnCatalog columns, MariaDbLeaderLock lock, TableName table)
        implements ManifestLoader {
    private static final List<String> COLUMNS = List.of("old_key", "new_key");
    /** Rows of one statement: with the longest keys two million bytes, well below the usual max_allowed_packet. */
    private static final int ROWS = 1_000;

    private static final String IDENTITY_KEY = "";

    private String create() {
        return """
                CREATE TABLE %s (
                  old_key VARBINARY(1024) NOT NULL COMMENT 'UTF-8; the empty one holds the identity and is written last',
                  new_key VARBINARY(1024) NULL COMMENT 'UTF-8; null where the prefixes determine it',
                  PRIMARY KEY (old_key)
                ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='Rehome: manifest'""".formatted(Identifiers.table(table));
    }

    /** Whether a table of that name, if there is one, is a manifest table. */
    static boolean isOurs(ColumnCatalog columns, TableName table) {
        List<String> found =
                columns.of(table).stream().map(ColumnCatalog.Column::name).toList();
        return found.isEmpty() || found.equals(COLUMNS);
    }

    @Override
    public Optional<String> loaded() {
        if (columns.of(table).isEmpty()) {
            return Optional.empty();
        }
        return sql.first(
                "looking for the loaded manifest",
                "SELECT new_key FROM " + Identifiers.table(table) + " WHERE old_key = ?",
                statement -> statement.setBytes(1, bytes(IDENTITY_KEY)),
                row -> new String(row.getBytes(1), StandardCharsets.UTF_8));
    }

    @Override
    public void load(String identity, Iterator<ManifestEntry> entries, LongConsumer onLoaded) {
        lock.inAutocommit("loading the manifest", connection -> {
            load(connection, identity, entries, onLoaded);
            return null;
        });
    }

    private void load(Connection connection, String identity, Iterator<ManifestEntry> entries, LongConsumer onLoaded)
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
            statement.setBytes(1, bytes(IDENTITY_KEY));
            statement.setBytes(2, bytes(identity));
        });
    }

    private void insert(Connection connection, List<ManifestEntry> entries) throws SQLException {
        Sql.update(connection, insert(entries.size()), statement -> {
            int next = 1;
            for (ManifestEntry entry : entries) {
                statement.setBytes(next++, bytes(entry.objectKey()));
                statement.setBytes(
                        next++,
                        entry.targetKey().map(MariaDbManifestLoader::bytes).orElse(null));
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
