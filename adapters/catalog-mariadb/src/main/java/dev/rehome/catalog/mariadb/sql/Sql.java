package dev.rehome.catalog.mariadb.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Short work on pooled connections, with failures classified. Safe for use by several threads. */
public final class Sql {
    /** Work on a connection. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Sets the parameters of a statement. */
    @FunctionalInterface
    public interface Binding {
        void to(PreparedStatement statement) throws SQLException;
    }

    /** Reads the row that a result stands on. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet result) throws SQLException;
    }

    private final CatalogConnections connections;

    public Sql(CatalogConnections connections) {
        this.connections = connections;
    }

    /** The same connections for statements of fragments. */
    public JdbcRunner jdbc() {
        return new JdbcRunner(connections);
    }

    /** Does work on a pooled connection in autocommit mode; {@code doing} says what it is in failures. */
    public <T> T run(String doing, Work<T> work) {
        try (Connection connection = connections.pooled()) {
            return work.on(connection);
        } catch (SQLException failure) {
            throw MariaDbErrors.classified(doing, failure);
        }
    }

    /** Does work on a pooled connection in one transaction. */
    public <T> T transaction(String doing, Work<T> work) {
        return run(doing, connection -> {
            // The pool undoes what is not committed when it gets the connection back, and switches autocommit on.
            connection.setAutoCommit(false);
            T result = work.on(connection);
            connection.commit();
            return result;
        });
    }

    /** Executes one statement. */
    public int update(String doing, String sql, Binding binding) {
        return run(doing, connection -> update(connection, sql, binding));
    }

    /** All rows of a query. */
    public <T> List<T> list(String doing, String sql, Binding binding, Row<T> row) {
        return run(doing, connection -> list(connection, sql, binding, row));
    }

    /** The first row of a query. */
    public <T> Optional<T> first(String doing, String sql, Binding binding, Row<T> row) {
        return list(doing, sql, binding, row).stream().findFirst();
    }

    /** Executes one statement on a given connection. */
    public static int update(Connection connection, String sql, Binding binding) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binding.to(statement);
            return statement.executeUpdate();
        }
    }

    /** All rows of a query on a given connection. */
    public static <T> List<T> list(Connection connection, String sql, Binding binding, Row<T> row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binding.to(statement);
            try (ResultSet result = statement.executeQuery()) {
                List<T> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(row.read(result));
                }
                return rows;
            }
        }
    }

    /** No parameters. */
    public static void nothing(PreparedStatement statement) {
        // A statement without parameters has nothing to be set.
    }
}
