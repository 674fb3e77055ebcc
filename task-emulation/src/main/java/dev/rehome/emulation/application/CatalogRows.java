package dev.rehome.emulation.application;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the production table. */
public final class CatalogRows {
    private static final String COLUMNS =
            "SELECT id, name, avatar_key, DATE_FORMAT(updated_at, '%Y-%m-%d %H:%i:%s') FROM `user profile`";

    private CatalogRows() {}

    /** Every row by its row key, on a connection of its own. */
    public static Map<Long, WrittenRow> of(ApplicationServers servers) throws SQLException {
        try (Connection connection = servers.connect()) {
            return of(connection);
        }
    }

    /** Every row by its row key. */
    public static Map<Long, WrittenRow> of(Connection connection) throws SQLException {
        Map<Long, WrittenRow> rows = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                rows.put(row.getLong(1), written(row));
            }
        }
        return rows;
    }

    /** One row, on a connection of its own; empty when there is none. */
    static Optional<WrittenRow> find(ApplicationServers servers, long id) throws SQLException {
        try (Connection connection = servers.connect();
                PreparedStatement statement = connection.prepareStatement(COLUMNS + " WHERE id = ?")) {
            statement.setLong(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(written(row)) : Optional.empty();
            }
        }
    }

    private static WrittenRow written(ResultSet row) throws SQLException {
        return new WrittenRow(row.getString(2), row.getString(3), row.getString(4));
    }
}
