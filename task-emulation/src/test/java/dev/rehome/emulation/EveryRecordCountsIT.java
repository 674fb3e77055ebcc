package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.PoisonedConsumers;
import dev.rehome.emulation.seeding.SampleRow;
import dev.rehome.emulation.stage.MigrationProcess;
import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.stage.OnStage;
import dev.rehome.emulation.stage.Patience;
import dev.rehome.emulation.stage.Queue;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** I14: whatever comes of a record, it is counted, once, and each failure is a row of the mapping table. */
@ExtendWith(OnStage.class)
final class EveryRecordCountsIT {
    private static final SampleRow POISON = SampleRow.of(40);
    private static final SampleRow LOST = SampleRow.of(44);

    @Test
    void totalsOfARunAddUpToItsRecords(MigrationStage stage) throws SQLException {
        // One batch at a time: the poison takes no neighbour with it, however few attempts there are.
        stage.seed(60).with("BATCH_SIZE", 2).with("MAX_ATTEMPTS", 1).with("BATCHES_IN_FLIGHT", 1);
        execute(stage, "ALTER TABLE `user profile` MODIFY avatar_key VARBINARY(300) NULL");
        // No text of any character set: no consumer can be told this key.
        execute(stage, "UPDATE `user profile` SET avatar_key = CONCAT('user_image/', x'FF') WHERE id = 20");
        stage.s3()
                .deleteObject(delete -> delete.bucket(stage.source()).key(LOST.location()))
                .join();
        int legacy = number(stage, "SELECT COUNT(*) FROM `user profile` WHERE avatar_key LIKE 'user\\_image/%'");

        MigrationProcess producer = stage.producer();
        try (Queue queue = stage.queue()) {
            Patience.until("all is published", () -> queue.pending() == legacy / 2);
        }
        execute(stage, "UPDATE `user profile` SET avatar_key = 'mine/30' WHERE id = 30");
        execute(stage, "DELETE FROM `user profile` WHERE id = 31");
        try (PoisonedConsumers consumers = new PoisonedConsumers(stage, POISON.location())) {
            consumers.workUntilTheEndOf(producer, 1);
        }

        assertThat(producer.exitCode(Patience.STEP)).as(producer.tail()).isEqualTo(3);
        assertThat(producer.log())
                .contains("KEY_REFUSED: 1;")
                .contains("NOT_FOUND: 1;")
                .contains("ATTEMPTS_EXHAUSTED: 1;")
                .contains("values are no text");
        String totals = "SELECT SUM(%s) FROM " + MigrationStage.MAPPING + "_batch WHERE run_no = 1";
        assertThat(number(stage, totals.formatted("changed"))).isOne();
        assertThat(number(stage, totals.formatted("deleted"))).isOne();
        assertThat(number(stage, totals.formatted("failed"))).isEqualTo(3);
        assertThat(number(stage, totals.formatted("migrated + changed + deleted + failed")))
                .as("scanned")
                .isEqualTo(legacy)
                .isEqualTo(number(stage, "SELECT COUNT(DISTINCT k1) FROM " + MigrationStage.MAPPING));
        assertThat(number(
                        stage,
                        "SELECT COUNT(DISTINCT m.k1) FROM " + MigrationStage.MAPPING + " m JOIN `user profile` t"
                                + " ON t.id = m.k1 AND t.avatar_key = m.old_location WHERE m.outcome = 'FAILED'"
                                + " AND m.code IS NOT NULL AND m.message IS NOT NULL"))
                .as("every legacy row that is left has its reason in the mapping table")
                .isEqualTo(3)
                .isEqualTo(number(stage, "SELECT COUNT(*) FROM `user profile` WHERE avatar_key LIKE 'user\\_image/%'"));
    }

    private static void execute(MigrationStage stage, String sql) throws SQLException {
        try (Connection connection = stage.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int number(MigrationStage stage, String query) throws SQLException {
        try (Connection connection = stage.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getInt(1);
        }
    }
}
