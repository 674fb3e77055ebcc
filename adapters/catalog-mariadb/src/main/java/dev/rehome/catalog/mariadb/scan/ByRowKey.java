package dev.rehome.catalog.mariadb.scan;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.join;
import static dev.rehome.catalog.mariadb.sql.SqlFragment.name;
import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.ledger.MappingKey;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.KeyColumn;
import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import dev.rehome.common.batch.RowKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A record is a row with its key. A window has a fixed number of rows: its last key is read first, from the index alone, so
 * that reads stay short where legacy rows are sparse.
 */
record ByRowKey(JdbcRunner jdbc, TableProfile profile, int rows) implements RecordIdentity {
    @Override
    public Optional<Window> window(Optional<RowKey> after) {
        SqlFragment query = sql("""
                SELECT * FROM (
                  SELECT :key FROM :table WHERE :after ORDER BY :ascending LIMIT :rows
                ) d ORDER BY :descending LIMIT 1""")
                .with("key", mappingKey().selected("t"))
                .with("table", profile.indexed())
                .with("after", after.map(key -> after(key, this::column)).orElse(SqlFragment.TRUE))
                .with("ascending", each(", ", this::column))
                .with("rows", rows)
                .with("descending", each(", ", i -> sql("d.k" + (i + 1) + " DESC")));
        return jdbc.first("finding the end of a window", query, this::readKey).map(end -> Window.between(after, end));
    }

    @Override
    public Optional<Window> countedWindow(Optional<RowKey> after) {
        return window(after);
    }

    @Override
    public SqlFragment records(Window window, SqlFragment join, SqlFragment columns, SqlFragment condition) {
        return sql("""
                SELECT :key, :value AS v :columns
                FROM :table :join
                WHERE :after AND :up_to AND :condition""")
                .with("key", mappingKey().selected("t"))
                .with("value", new LocationSql(profile.column()).exact("t"))
                .with("columns", columns)
                .with("table", profile.indexed())
                .with("join", join)
                .with(
                        "after",
                        window.after().map(key -> after(key, this::column)).orElse(SqlFragment.TRUE))
                .with("up_to", upTo(window.end().orElseThrow(), this::column))
                .with("condition", condition);
    }

    @Override
    public MappingKey mappingKey() {
        return new MappingKey(profile.key());
    }

    /** In {@code d} the columns have the names of the mapping table. */
    @Override
    public SqlFragment keys() {
        return mappingKey().list("d");
    }

    @Override
    public RowKey readKey(ResultSet row) throws SQLException {
        return mappingKey().read(row);
    }

    @Override
    public SqlFragment sameRecord() {
        return sql(":same_key AND m.old_location = d.v")
                .with("same_key", mappingKey().same("m", "d"));
    }

    @Override
    public SqlFragment holder() {
        return sql("STRAIGHT_JOIN :table ON :same_key AND :value = m.new_location")
                .with("table", profile.indexed())
                .with("same_key", mappingKey().join("t", "m"))
                .with("value", new LocationSql(profile.column()).exact("t"));
    }

    @Override
    public SqlFragment outcomeIn(Window window) {
        IntFunction<SqlFragment> columns = i -> sql("m.k" + (i + 1));
        return sql(":after AND :up_to")
                .with("after", window.after().map(key -> after(key, columns)).orElse(SqlFragment.TRUE))
                .with("up_to", upTo(window.end().orElseThrow(), columns));
    }

    private SqlFragment after(RowKey key, IntFunction<SqlFragment> columns) {
        return range(key, columns, ">", ">");
    }

    private SqlFragment upTo(RowKey key, IntFunction<SqlFragment> columns) {
        return range(key, columns, "<", "<=");
    }

    /**
     * {@code (a > ? OR a = ? AND b > ? …)}. MariaDB reads the whole index for the shorter {@code (a, b) > (?, ?)}.
     *
     * @param last the operator of the last column
     */
    private SqlFragment range(RowKey key, IntFunction<SqlFragment> columns, String strict, String last) {
        List<SqlFragment> alternatives = new ArrayList<>();
        for (int end = 0; end < profile.key().size(); end++) {
            List<SqlFragment> terms = new ArrayList<>();
            for (int i = 0; i < end; i++) {
                terms.add(compared(columns, i, "=", key));
            }
            terms.add(compared(columns, end, end == profile.key().size() - 1 ? last : strict, key));
            alternatives.add(join(" AND ", terms));
        }
        return sql("(:alternatives)").with("alternatives", join(" OR ", alternatives));
    }

    private SqlFragment compared(IntFunction<SqlFragment> columns, int i, String operator, RowKey key) {
        KeyColumn column = profile.key().get(i);
        return sql(":column " + operator + " :part")
                .with("column", columns.apply(i))
                .with("part", column.parameter(key.parts().get(i)));
    }

    private SqlFragment column(int i) {
        return sql("t.:name").with("name", name(profile.key().get(i).name()));
    }

    private SqlFragment each(String separator, IntFunction<SqlFragment> piece) {
        return join(separator, profile.key().size(), piece);
    }
}
