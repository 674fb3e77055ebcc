package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.stage.CatalogRows;
import dev.rehome.emulation.stage.MigrationProcess;
import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.stage.OnStage;
import dev.rehome.emulation.stage.Patience;
import dev.rehome.emulation.stage.Queue;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The main job with nothing in its way, by the processes' exit codes. */
@ExtendWith(OnStage.class)
final class MainJobIT {
    @Test
    void completeMigrationEndsWithCodeZero(MigrationStage stage) throws SQLException {
        stage.seed(450);
        try (Guarantees guarantees = new Guarantees(stage)) {
            MigrationProcess producer = stage.producer();
            MigrationProcess first = stage.consumer();
            MigrationProcess second = stage.consumer();
            assertThat(producer.exitCode(Patience.RUN)).as(producer.tail()).isZero();
            assertThat(first.exitCode(Patience.STEP)).as(first.tail()).isZero();
            assertThat(second.exitCode(Patience.STEP)).as(second.tail()).isZero();
            guarantees.hold(0);
        }
    }

    @Test
    void missingObjectIsReportedAndEndsWithCodeThree(MigrationStage stage) throws SQLException {
        stage.seed(510);
        try (Guarantees guarantees = new Guarantees(stage)) {
            MigrationProcess producer = stage.producer();
            MigrationProcess consumer = stage.consumer();
            assertThat(producer.exitCode(Patience.RUN)).as(producer.tail()).isEqualTo(3);
            assertThat(producer.log()).contains("NOT_FOUND: 1").contains("row 499");
            assertThat(consumer.exitCode(Patience.STEP)).as(consumer.tail()).isZero();
            guarantees.hold(3);
        }
    }

    @Test
    void wrongSettingsAreReportedAllAtOnceWithCodeTwo(MigrationStage stage) throws SQLException {
        stage.seed(10);
        List<String> before = tables(stage);
        Map<String, String> wrong =
                Map.of("SOURCE_S3_BUCKET", "", "DB_USER", "", "BATCH_SIZE", "0", "LEASE_SECONDS", "soon");
        MigrationProcess producer = stage.producer(wrong, "run");
        MigrationProcess consumer = stage.consumer(wrong);
        assertThat(producer.exitCode(Patience.STEP)).as(producer.tail()).isEqualTo(2);
        assertThat(producer.log())
                .contains("4 problems")
                .contains("SOURCE_S3_BUCKET is not set: expected")
                .contains("DB_USER is not set: expected")
                .contains("BATCH_SIZE is not valid: expected a whole number from 1")
                .contains("LEASE_SECONDS is not valid: expected seconds");
        assertThat(consumer.exitCode(Patience.STEP)).as(consumer.tail()).isEqualTo(2);
        assertThat(consumer.log()).contains("3 problems");
        assertThat(tables(stage)).isEqualTo(before);
    }

    @Test
    void refusedPreflightEndsWithCodeTwoAndCreatesNothing(MigrationStage stage) throws SQLException {
        stage.seed(10);
        List<String> before = tables(stage);
        MigrationProcess producer = stage.producer(Map.of("ON_UPDATE_TIMESTAMPS", "ask"), "run");
        assertThat(producer.exitCode(Patience.STEP)).as(producer.tail()).isEqualTo(2);
        assertThat(producer.log()).contains("ON_UPDATE_TIMESTAMPS=keep").contains("nothing was changed");
        assertThat(tables(stage)).isEqualTo(before);
    }

    @Test
    void planCountsAndChangesNothing(MigrationStage stage) throws SQLException {
        stage.seed(450);
        List<String> before = tables(stage);
        var rows = CatalogRows.of(stage);
        MigrationProcess plan = stage.producer(Map.of(), "plan");
        assertThat(plan.exitCode(Patience.STEP)).as(plan.tail()).isZero();
        assertThat(plan.log()).contains("414 legacy rows, 21 batches of 20").contains("nothing was changed yet");
        assertThat(tables(stage)).isEqualTo(before);
        assertThat(CatalogRows.of(stage)).isEqualTo(rows);
        try (Queue queue = stage.queue()) {
            assertThat(queue.keys()).isEmpty();
        }
    }

    /** Everything that MariaDB knows of the schema's tables but their statistics. */
    private static List<String> tables(MigrationStage stage) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Connection connection = stage.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT TABLE_NAME, CREATE_TIME, TABLE_COMMENT"
                        + " FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() ORDER BY 1")) {
            while (row.next()) {
                tables.add(row.getString(1) + " " + row.getString(2) + " " + row.getString(3));
            }
        }
        return tables;
    }
}
