package dev.rehome.catalog.mariadb.sql;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.join;
import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.common.batch.BatchId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Runs statements on pooled connections, in autocommit mode unless a transaction is asked for. Every failure becomes
 * {@link dev.rehome.common.Unavailable} or {@link dev.rehome.common.Rejected}; {@code operation} names the work in its
 * message. Safe for use by several threads.
 */
public record JdbcRunner(CatalogConnections connections) {
    /** Work on a connection. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Reads the current row of a result. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** The most rows of one statement; more don't make it faster. */
    private static final int MAX_ROWS = 1_000;

    /** The bytes that the protocol may add to a statement. */
    private static final long PROTOCOL_BYTES = 1_000;

    /** Runs work on a pooled connection. */
    public <T> T run(String operation, Work<T> work) {
        try (Connection connection = connections.pooled()) {
            return work.on(connection);
        } catch (SQLException failure) {
            throw MariaDbErrors.classified(operation, failure);
        }
    }

    /** Runs work on a pooled connection in one transaction. */
    public <T> T transaction(String operation, Work<T> work) {
        return run(operation, connection -> {
            // On return the pool rolls back what is not committed, and switches autocommit on again.
            connection.setAutoCommit(false);
            T result = work.on(connection);
            connection.commit();
            return result;
        });
    }

    /** Executes one statement; returns the number of rows that it changed. */
    public int update(String operation, SqlFragment statement) {
        return run(operation, connection -> update(connection, statement));
    }

    /** Reads all rows of a query. */
    public <T> List<T> list(String operation, SqlFragment query, Row<T> row) {
        return run(operation, connection -> list(connection, query, row));
    }

    /** Reads the first row of a query. */
    public <T> Optional<T> first(String operation, SqlFragment query, Row<T> row) {
        return list(operation, query, row).stream().findFirst();
    }

    /** Whether a query has any row. */
    public boolean exists(String operation, SqlFragment query) {
        return run(operation, connection -> exists(connection, query));
    }

    /** Executes one statement on the given connection; returns the number of rows that it changed. */
    public static int update(Connection connection, SqlFragment statement) throws SQLException {
        try (PreparedStatement prepared = prepare(connection, statement)) {
            return prepared.executeUpdate();
        }
    }

    /**
     * Inserts many rows, in as few statements as fit the server's max_allowed_packet.
     *
     * @param insert an INSERT with a hole {@code :rows}
     * @param rows one parenthesized fragment per row
     */
    public static void insert(Connection connection, SqlFragment insert, List<SqlFragment> rows) throws SQLException {
        for (SqlFragment statement : statements(connection, insert, ", ", rows)) {
            update(connection, statement);
        }
    }

    /**
     * Inserts many rows by MariaDB's protocol for bulk: the server parses the statement once, and gets values only. When it
     * fails, as it does when a row's key exists, some of the rows may be inserted.
     *
     * @param ofOneRow an INSERT of one row, without ON DUPLICATE KEY, for which the driver has no bulk
     * @param rows the values of each row, in the order of the statement
     */
    public static void insertInBulk(Connection connection, SqlFragment ofOneRow, List<List<Object>> rows)
            throws SQLException {
        for (List<List<Object>> slice : slices(connection, ofOneRow.maxBytes(), rows, JdbcRunner::maxBytes, MAX_ROWS)) {
            try (PreparedStatement prepared = connection.prepareStatement(ofOneRow.statement())) {
                for (List<Object> row : slice) {
                    bind(prepared, row);
                    prepared.addBatch();
                }
                prepared.executeBatch();
            }
        }
    }

    private static long maxBytes(List<Object> row) {
        long bytes = 0;
        for (Object value : row) {
            bytes += SqlFragment.maxBytes(value);
        }
        return bytes;
    }

    /** Fills the hole {@code :rows} with many rows, in as few statements as fit the server's max_allowed_packet. */
    public static List<SqlFragment> statements(
            Connection connection, SqlFragment statement, String separator, List<SqlFragment> rows)
            throws SQLException {
        return statements(connection, statement, separator, rows, MAX_ROWS);
    }

    /** The same with at most {@code mostRows} in each statement. */
    public static List<SqlFragment> statements(
            Connection connection, SqlFragment statement, String separator, List<SqlFragment> rows, int mostRows)
            throws SQLException {
        long empty = statement.with("rows", SqlFragment.EMPTY).maxBytes();
        return slices(connection, empty, rows, row -> row.maxBytes() + separator.length(), mostRows).stream()
                .map(slice -> statement.with("rows", join(separator, slice)))
                .toList();
    }

    /** Parts of the rows that fit the server's max_allowed_packet together with {@code empty} bytes of a statement. */
    private static <T> List<List<T>> slices(
            Connection connection, long empty, List<T> rows, ToLongFunction<T> bytes, int mostRows)
            throws SQLException {
        if (rows.isEmpty()) {
            return List.of();
        }
        long limit = list(connection, sql("SELECT @@max_allowed_packet"), row -> row.getLong(1))
                .get(0);
        List<List<T>> slices = new ArrayList<>();
        long used = empty + PROTOCOL_BYTES;
        int from = 0;
        for (int i = 0; i < rows.size(); i++) {
            long row = bytes.applyAsLong(rows.get(i));
            if (i > from && (used + row > limit || i - from == mostRows)) {
                slices.add(rows.subList(from, i));
                from = i;
                used = empty + PROTOCOL_BYTES;
            }
            used += row;
        }
        slices.add(rows.subList(from, rows.size()));
        return slices;
    }

    /** Reads all rows of a query on the given connection. */
    public static <T> List<T> list(Connection connection, SqlFragment query, Row<T> row) throws SQLException {
        try (PreparedStatement prepared = prepare(connection, query);
                ResultSet result = prepared.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(row.read(result));
            }
            return rows;
        }
    }

    /** Whether a query has any row, on the given connection. */
    public static boolean exists(Connection connection, SqlFragment query) throws SQLException {
        return !list(connection, query, row -> true).isEmpty();
    }

    /** Reads a DATETIME, which is UTC in all of our tables; null for NULL. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        LocalDateTime utc = row.getObject(column, LocalDateTime.class);
        return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
    }

    private static PreparedStatement prepare(Connection connection, SqlFragment fragment) throws SQLException {
        SqlFragment.Rendered rendered = fragment.rendered();
        PreparedStatement prepared = connection.prepareStatement(rendered.statement());
        try {
            bind(prepared, rendered.values());
            return prepared;
        } catch (SQLException | RuntimeException failure) {
            prepared.close();
            throw failure;
        }
    }

    private static void bind(PreparedStatement prepared, List<Object> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            prepared.setObject(i + 1, jdbc(values.get(i)));
        }
    }

    /** A value as the driver knows it: ids are BINARY(16), times are UTC, an empty Optional is NULL. */
    private static Object jdbc(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(JdbcRunner::jdbc).orElse(null);
        }
        if (value instanceof Instant time) {
            return LocalDateTime.ofInstant(time, ZoneOffset.UTC);
        }
        return value instanceof BatchId batch ? batch.bytes() : value;
    }
}
