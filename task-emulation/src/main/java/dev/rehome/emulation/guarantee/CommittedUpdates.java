package dev.rehome.emulation.guarantee;

import dev.rehome.emulation.migration.EmulatedMigration;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A journal of every update that the migrator committed. A trigger of the production table writes it in the transaction
 * of the update, so it holds exactly the committed ones. MariaDB 11.4 hides the trigger from a user with the migrator's
 * rights.
 */
record CommittedUpdates(EmulatedMigration migration) {
    /**
     * One row's update.
     *
     * @param row the row's key
     * @param connection the connection that updated
     * @param holder the connection that held the producer's lock at that moment; 0 for none
     * @param before the location before
     * @param after the location after
     */
    record Update(long row, long connection, long holder, String before, String after) {}

    /** Creates the table of the journal and the trigger. */
    CommittedUpdates {
        try {
            migration.execute("CREATE TABLE committed_updates (no BIGINT AUTO_INCREMENT PRIMARY KEY, row_id BIGINT,"
                    + " connection BIGINT, holder BIGINT, location_before VARCHAR(255), location_after VARCHAR(255))"
                    + " CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin");
            // The producer names its lock after the mapping table.
            String lock = "CONCAT('rehome:', LEFT(SHA2('" + migration.name() + "." + EmulatedMigration.MAPPING_TABLE
                    + "', 256), 40))";
            migration.execute("CREATE TRIGGER committed_updates AFTER UPDATE ON `user profile` FOR EACH ROW"
                    + " IF USER() LIKE '" + EmulatedMigration.USER + "@%' THEN INSERT INTO committed_updates"
                    + " (row_id, connection, holder, location_before, location_after) VALUES (NEW.id, CONNECTION_ID(),"
                    + " COALESCE(IS_USED_LOCK(" + lock + "), 0), OLD.avatar_key, NEW.avatar_key); END IF");
        } catch (SQLException impossible) {
            throw new IllegalStateException("the journal of updates can't be created", impossible);
        }
    }

    /** All committed updates, in their order. */
    List<Update> all() throws SQLException {
        List<Update> all = new ArrayList<>();
        try (Connection connection = migration.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT row_id, connection, holder, location_before,"
                        + " location_after FROM committed_updates ORDER BY no")) {
            while (row.next()) {
                all.add(new Update(row.getLong(1), row.getLong(2), row.getLong(3), row.getString(4), row.getString(5)));
            }
        }
        return all;
    }
}
