package dev.rehome.catalog.mariadb.scan;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.ledger.MappingKey;
import dev.rehome.catalog.mariadb.sql.KeyColumn;
import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import dev.rehome.common.batch.RowKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A record is a distinct value of the column, byte for byte: for tables without a usable key. Each window reads the whole
 * table, so windows should be large.
 */
record ByValue(TableProfile profile, int rows) implements RecordIdentity {
    @Override
    public Optional<Window> window(Optional<RowKey> after) {
        return Optional.of(new Window(after, Optional.empty(), OptionalInt.of(rows)));
    }

    @Override
    public Optional<Window> countedWindow(Optional<RowKey> after) {
        return Optional.of(new Window(after, Optional.empty(), OptionalInt.empty()));
    }

    @Override
    public SqlFragment records(Window window, SqlFragment join, SqlFragment columns, SqlFragment condition) {
        return sql("""
                SELECT DISTINCT :value AS v :columns
                FROM :table t :join
                WHERE :condition AND :after AND :up_to
                :limit""")
                .with("value", value())
                .with("columns", columns)
                .with("table", profile.table())
                .with("join", join)
                .with("condition", condition)
                .with("after", compared(">", window.after()))
                .with("up_to", compared("<=", window.end()))
                .with(
                        "limit",
                        window.limit().isPresent()
                                ? sql("ORDER BY v LIMIT :rows")
                                        .with("rows", window.limit().getAsInt())
                                : SqlFragment.EMPTY);
    }

    private SqlFragment compared(String operator, Optional<RowKey> value) {
        return value.map(key -> sql(":value " + operator + " :key")
                        .with("value", value())
                        .with("key", column().parameter(key.parts().get(0))))
                .orElse(SqlFragment.TRUE);
    }

    private SqlFragment value() {
        return new LocationSql(profile.column()).exact("t");
    }

    private KeyColumn column() {
        return profile.key().get(0);
    }

    @Override
    public MappingKey mappingKey() {
        return new MappingKey(profile.key());
    }

    @Override
    public SqlFragment keys() {
        return sql("d.v");
    }

    @Override
    public RowKey readKey(ResultSet row) throws SQLException {
        return new RowKey(List.of(column().read(row, "v")));
    }

    @Override
    public SqlFragment sameRecord() {
        return sql("m.old_location = d.v");
    }

    /** Its end isn't known before it is read. */
    @Override
    public SqlFragment outcomeIn(Window window) {
        return SqlFragment.TRUE;
    }

    /** Without a key, the whole table would be read for each outcome. */
    @Override
    public SqlFragment holder() {
        return SqlFragment.EMPTY;
    }
}
