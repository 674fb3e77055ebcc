package dev.rehome.catalog.mariadb.ledger;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.sql.ColumnCatalog;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
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
 * The manifest as a table. Keys are stored as the bytes of their UTF-8, for every kind of column: every key can
 * be stored, and the primary key holds it whole, because S3's longest key has 1,024 bytes.
 *
 * <p>The entry with the empty key, which no object has, is written last and holds the manifest's identity: a table
 * without it was not completely loaded.
 */
public record MariaDbManifestLoader(
        JdbcRunner jdbc, ColumnCatalog columns, MariaDbLeaderLock lock, MappingSchema schema)
        implements ManifestLoader {
    /** Entries between two reports of progress. */
    private static final int ROWS = 1_000;

    private static final String IDENTITY_KEY = "";

    private SqlFragment create() {
        return schema.sql("""
                CREATE TABLE :manifest (
                  old_key VARBINARY(:longest) NOT NULL COMMENT 'UTF-8; the empty one holds the identity and is written last',
                  new_key VARBINARY(:longest) NULL COMMENT 'UTF-8; null where the prefixes determine it',
                  PRIMARY KEY (old_key)
                ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='Rehome: manifest'""").with("longest", sql(Integer.toString(LocationSql.MAX_OBJECT_KEY)));
    }

    @Override
    public Optional<String> loaded() {
        if (columns.of(schema.manifest()).isEmpty()) {
            return Optional.empty();
        }
        return jdbc.first(
                "looking for the loaded manifest",
                schema.sql("SELECT new_key FROM :manifest WHERE old_key = :identity_key")
                        .with("identity_key", bytes(IDENTITY_KEY)),
                row -> new String(row.getBytes("new_key"), StandardCharsets.UTF_8));
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
        JdbcRunner.update(connection, schema.sql("DROP TABLE IF EXISTS :manifest"));
        JdbcRunner.update(connection, create());
        List<SqlFragment> rows = new ArrayList<>();
        long loaded = 0;
        while (entries.hasNext()) {
            rows.add(row(entries.next()));
            if (rows.size() == ROWS || !entries.hasNext()) {
                insert(connection, rows);
                loaded += rows.size();
                onLoaded.accept(loaded);
                rows.clear();
            }
        }
        insert(connection, List.of(row(IDENTITY_KEY, Optional.of(identity))));
    }

    private void insert(Connection connection, List<SqlFragment> rows) throws SQLException {
        JdbcRunner.insert(
                connection,
                schema.sql(
                        "INSERT INTO :manifest (old_key, new_key) VALUES :rows ON DUPLICATE KEY UPDATE old_key = old_key"),
                rows);
    }

    private static SqlFragment row(ManifestEntry entry) {
        return row(entry.objectKey(), entry.targetKey());
    }

    private static SqlFragment row(String oldKey, Optional<String> newKey) {
        return sql("(:old, :new)").with("old", bytes(oldKey)).with("new", newKey.map(MariaDbManifestLoader::bytes));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
