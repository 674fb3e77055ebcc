package dev.rehome.catalog.mariadb.scan;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.join;
import static dev.rehome.catalog.mariadb.sql.SqlFragment.name;
import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.KeyColumn;
import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import dev.rehome.common.catalog.RowSampler;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Reads the row after each of many random values of the scanned index's first column. */
public record MariaDbRowSampler(JdbcRunner jdbc, TableProfile profile, RandomGenerator random) implements RowSampler {
    private static final int PLACES_PER_STATEMENT = 100;
    private static final int FIRST_ROWS = 1_000;
    private static final int KNOWN_VALUES = 200;

    /** A row that was read; the location is empty if it isn't text. */
    private record Row(String key, Optional<String> location) {}

    @Override
    public long estimatedRows() {
        return jdbc.first(
                        "reading the table's statistics",
                        sql("SELECT TABLE_ROWS FROM information_schema.TABLES"
                                        + " WHERE TABLE_SCHEMA = :schema AND TABLE_NAME = :table")
                                .with("schema", profile.table().schema())
                                .with("table", profile.table().table()),
                        row -> row.getLong(1))
                .orElse(0L);
    }

    @Override
    public Sample sample(int places) {
        if (profile.isKeyless() || !KeyPlaces.canDivide(first())) {
            return sample(jdbc.list("reading the first rows", rows(SqlFragment.TRUE, FIRST_ROWS), this::row), false);
        }
        Optional<KeyPlaces> range = range();
        if (range.isEmpty()) {
            return new Sample(0, List.of(), true);
        }
        List<String> values = range.get().values(first(), places, random);
        List<Row> rows = new ArrayList<>();
        for (int from = 0; from < values.size(); from += PLACES_PER_STATEMENT) {
            SqlFragment reads = join(
                    " UNION ALL ",
                    values.subList(from, Math.min(values.size(), from + PLACES_PER_STATEMENT)),
                    value -> sql("(:rows)").with("rows", rows(from(value), 1)));
            rows.addAll(jdbc.list("reading rows from all over the table", reads, this::row));
        }
        return sample(rows, true);
    }

    private static Sample sample(List<Row> rows, boolean spread) {
        Set<String> seen = new HashSet<>();
        List<Row> distinct =
                rows.stream().filter(row -> !spread || seen.add(row.key())).toList();
        return new Sample(
                distinct.size(),
                distinct.stream().map(Row::location).flatMap(Optional::stream).toList(),
                spread);
    }

    private Optional<KeyPlaces> range() {
        List<String> least = ends("ASC", KNOWN_VALUES);
        List<String> greatest = ends("DESC", KNOWN_VALUES);
        if (least.isEmpty()) {
            return Optional.empty();
        }
        List<String> known = new ArrayList<>(least);
        known.addAll(greatest);
        return Optional.of(new KeyPlaces(least.get(0), greatest.get(0), known));
    }

    private List<String> ends(String order, int count) {
        SqlFragment query = sql("SELECT :key AS k1 FROM :table ORDER BY :key " + order + " LIMIT :count")
                .with("key", column())
                .with("table", profile.indexed())
                .with("count", count);
        return jdbc.list("reading the ends of the table's key", query, row -> first().read(row, "k1"));
    }

    private SqlFragment from(String value) {
        return sql(":column >= :value").with("column", column()).with("value", first().parameter(value));
    }

    /** The first rows that meet a condition; without text, {@code v} is NULL. */
    private SqlFragment rows(SqlFragment condition, int count) {
        LocationSql location = new LocationSql(profile.column());
        return sql("SELECT CONCAT_WS(',', :keys) AS row_key, IF(:intact, :value, NULL) AS v"
                        + " FROM :table WHERE :condition :order LIMIT :count")
                .with("keys", profile.isKeyless() ? sql("''") : keys("HEX(CAST(t.:name AS BINARY))"))
                .with("intact", location.intact(location.exact("t")))
                .with("value", location.in("t"))
                .with("table", profile.indexed())
                .with("condition", condition)
                .with(
                        "order",
                        profile.isKeyless()
                                ? SqlFragment.EMPTY
                                : sql("ORDER BY :keys").with("keys", keys("t.:name")))
                .with("count", count);
    }

    private SqlFragment keys(String each) {
        return join(", ", profile.key(), column -> sql(each).with("name", name(column.name())));
    }

    private Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("row_key"),
                row.getObject("v") == null
                        ? Optional.empty()
                        : Optional.of(new LocationSql(profile.column()).read(row, "v")));
    }

    private KeyColumn first() {
        return profile.key().get(0);
    }

    private SqlFragment column() {
        return sql("t.:name").with("name", name(first().name()));
    }
}
