package dev.rehome.catalog.mariadb.scan;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.scan.RecordIdentity.Window;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.catalog.LocationScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All values of the column that can be read as text, or those of them that meet a condition.
 *
 * @param condition the condition on a row of the table {@code t}
 */
public record MariaDbLocationScanner(
        JdbcRunner jdbc, RecordIdentity identity, LocationSql location, SqlFragment condition)
        implements LocationScanner {
    @Override
    public Page page(Optional<RowKey> after) {
        return identity.window(after).map(this::page).orElse(new Page(List.of(), Optional.empty()));
    }

    private Page page(Window window) {
        SqlFragment readable = sql(":intact AND :condition")
                .with("intact", location.intact(location.exact("t")))
                .with("condition", condition);
        SqlFragment query = sql("SELECT d.* FROM (:records) d ORDER BY :keys")
                .with("records", identity.records(window, SqlFragment.EMPTY, SqlFragment.EMPTY, readable))
                .with("keys", identity.keys());
        List<String> locations = new ArrayList<>();
        List<RowKey> keys = jdbc.list("reading the column's values", query, row -> {
            locations.add(location.read(row, "v"));
            return identity.readKey(row);
        });
        Optional<RowKey> last = keys.isEmpty() ? Optional.empty() : Optional.of(keys.get(keys.size() - 1));
        return new Page(locations, window.end().or(() -> last));
    }
}
