package dev.rehome.catalog.mariadb.scan;

import dev.rehome.catalog.mariadb.sql.Identifiers;
import dev.rehome.catalog.mariadb.sql.KeySql;
import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.Sql;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.catalog.LocationScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All distinct values that the column holds, or all legacy ones, of a table without a usable key; each window reads the table. */
public final class DistinctValueReader implements LocationScanner {
    private final Sql sql;
    private final KeySql key;
    private final LocationSql location;
    private final Optional<ChosenByPrefix> legacy;
    private final String table;
    private final int window;

    /** {@code legacy}: empty for all values. */
    public DistinctValueReader(Sql sql, TableProfile profile, Optional<ChosenByPrefix> legacy, int window) {
        this.sql = sql;
        this.key = new KeySql(profile.key());
        this.location = new LocationSql(profile.column());
        this.legacy = legacy;
        this.table = Identifiers.scanned(profile);
        this.window = window;
    }

    @Override
    public Page page(Optional<RowKey> after) {
        String query = "SELECT DISTINCT " + location.exact("t") + " AS v FROM " + table + " WHERE "
                + location.intact("t")
                + legacy.map(some -> " AND " + some.condition()).orElse("")
                + (after.isPresent() ? " AND " + location.exact("t") + " > ?" : "")
                + " ORDER BY v LIMIT " + window;
        List<String> locations = new ArrayList<>();
        List<RowKey> keys = sql.list(
                "reading distinct values",
                query,
                statement -> {
                    int next = legacy.isPresent() ? legacy.get().bind(statement, 1) : 1;
                    if (after.isPresent()) {
                        key.bind(statement, next, after.get());
                    }
                },
                row -> {
                    locations.add(location.read(row, 1));
                    return key.read(row, 1);
                });
        return new Page(locations, keys.isEmpty() ? Optional.empty() : Optional.of(keys.get(keys.size() - 1)));
    }
}
