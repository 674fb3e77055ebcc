package dev.rehome.emulation.stage;

import dev.rehome.emulation.application.WrittenRow;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** Reads the production table. */
public final class CatalogRows {
    private CatalogRows() {}

    /** Every row by its key, in a stage's table. */
    public static Map<Long, WrittenRow> of(MigrationStage stage) throws SQLException {
        try (Connection connection = stage.connect()) {
            return of(connection);
        }
    }

    /** Every row by its key. */
    public static Map<Long, WrittenRow> of(Connection connection) throws SQLException {
        Map<Long, WrittenRow> rows = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id, name, avatar_key,"
                        + " DATE_FORMAT(updated_at, '%Y-%m-%d %H:%i:%s') FROM `user profile`")) {
            while (row.next()) {
                rows.put(row.getLong(1), new WrittenRow(row.getString(2), row.getString(3), row.getString(4)));
            }
        }
        return rows;
    }

    /** How many rows meet a condition. */
    static int count(MigrationStage stage, String condition) throws SQLException {
        try (Connection connection = stage.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM `user profile` WHERE " + condition)) {
            row.next();
            return row.getInt(1);
        }
    }
}
