package dev.rehome.catalog.mariadb.scan;

import dev.rehome.catalog.mariadb.sql.Identifiers;
import dev.rehome.catalog.mariadb.sql.KeySql;
import dev.rehome.catalog.mariadb.sql.Sql;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import dev.rehome.common.batch.RowKey;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/** The windows of a scan by the key: so many rows each, whatever they hold. The table's alias is {@code t}. */
public record KeyWindow(Sql sql, KeySql key, String table, int rows) {
    static KeyWindow of(Sql sql, TableProfile profile, int rows) {
        return new KeyWindow(sql, new KeySql(profile.key()), Identifiers.scanned(profile), rows);
    }

    /** The last key of the window behind a key, read from the index alone; empty when no row follows. */
    Optional<RowKey> end(Optional<RowKey> after) {
        String query = "SELECT " + key.list("w") + " FROM (SELECT " + key.list("t") + " FROM " + table
                + (after.isPresent() ? " WHERE " + key.after("t") : "") + " ORDER BY " + key.order("t", false)
                + " LIMIT " + rows + ") w ORDER BY " + key.order("w", true) + " LIMIT 1";
        return sql.first(
                "finding a window's end",
                query,
                statement -> {
                    if (after.isPresent()) {
                        key.bindRange(statement, 1, after.get());
                    }
                },
                row -> key.read(row, 1));
    }

    /** The condition that a row lies in the window. */
    String condition(Optional<RowKey> after) {
        return (after.isPresent() ? key.after("t") + " AND " : "") + key.upTo("t");
    }

    /** Sets the condition's parameters; answers the next parameter's index. */
    int bind(PreparedStatement statement, int from, Optional<RowKey> after, RowKey end) throws SQLException {
        int next = after.isPresent() ? key.bindRange(statement, from, after.get()) : from;
        return key.bindRange(statement, next, end);
    }
}
