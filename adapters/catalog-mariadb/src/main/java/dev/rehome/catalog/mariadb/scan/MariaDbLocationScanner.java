package dev.rehome.catalog.mariadb.scan;

import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.Sql;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.catalog.LocationScanner;
import java.util.List;
import java.util.Optional;

/** All that the column holds, or all legacy values of it, by windows of the key. */
public final class MariaDbLocationScanner implements LocationScanner {
    private final Sql sql;
    private final KeyWindow window;
    private final LocationSql location;
    private final Optional<ChosenByPrefix> legacy;

    /** {@code legacy}: empty for all values. */
    public MariaDbLocationScanner(Sql sql, TableProfile profile, Optional<ChosenByPrefix> legacy, int rows) {
        this.sql = sql;
        this.window = KeyWindow.of(sql, profile, rows);
        this.location = new LocationSql(profile.column());
        this.legacy = legacy;
    }

    @Override
    public Page page(Optional<RowKey> after) {
        Optional<RowKey> end = window.end(after);
        if (end.isEmpty()) {
            return new Page(List.of(), end);
        }
        // NULL is not intact either.
        String query = "SELECT " + location.in("t") + " FROM " + window.table() + " WHERE " + window.condition(after)
                + " AND " + location.intact("t")
                + legacy.map(some -> " AND " + some.condition()).orElse("");
        List<String> locations = sql.list(
                "reading what a window holds",
                query,
                statement -> {
                    int next = window.bind(statement, 1, after, end.get());
                    if (legacy.isPresent()) {
                        legacy.get().bind(statement, next);
                    }
                },
                row -> location.read(row, 1));
        return new Page(locations, end);
    }
}
