package dev.rehome.emulation.seeding;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.function.LongConsumer;

/** Creates and fills the sample table. */
public final class CatalogSeeding {
    /** The table's name. */
    public static final String TABLE = "user profile";
    /** The column's name. */
    public static final String COLUMN = "avatar_key";

    private static final int SLICE = 1_000;

    private final Connection connection;

    /** {@code connection}: of a user that may create tables, in the schema of the table. */
    public CatalogSeeding(Connection connection) {
        this.connection = connection;
    }

    /** Creates the table and its rows; {@code progress} gets the number of rows done so far. */
    public void seed(int rows, LongConsumer progress) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    CREATE TABLE `user profile` (
                      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
                      name VARCHAR(64) NOT NULL,
                      avatar_key VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NULL,
                      updated_at DATETIME NOT NULL DEFAULT '2020-01-01 00:00:00' ON UPDATE CURRENT_TIMESTAMP
                    ) ENGINE=InnoDB""");
        }
        connection.setAutoCommit(false);
        String insert = "INSERT INTO `user profile` (id, name, avatar_key) VALUES (?, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            for (long id = 1; id <= rows; id++) {
                String location = SampleRow.of(id).location();
                statement.setLong(1, id);
                statement.setString(2, "user " + id);
                if (location == null) {
                    statement.setNull(3, Types.VARCHAR);
                } else {
                    statement.setString(3, location);
                }
                statement.addBatch();
                if (id % SLICE == 0 || id == rows) {
                    statement.executeBatch();
                    connection.commit();
                    progress.accept(id);
                }
            }
        }
        connection.setAutoCommit(true);
    }
}
