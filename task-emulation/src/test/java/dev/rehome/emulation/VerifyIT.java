package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.seeding.SampleRow;
import dev.rehome.emulation.stage.MigrationProcess;
import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.stage.OnStage;
import dev.rehome.emulation.stage.Patience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.async.AsyncRequestBody;

/** Rows S10 and S11 of the fault matrix: others delete a copy, or write the source, after our part is done. */
@ExtendWith(OnStage.class)
final class VerifyIT {
    private static final SampleRow FIRST_LOST = SampleRow.of(5);
    private static final SampleRow SECOND_LOST = SampleRow.of(66);
    private static final SampleRow OVERWRITTEN = SampleRow.of(15);

    @TempDir
    private Path directory;

    @Test
    void whatOthersBrokeIsFoundAndWhatCanBeMendedIsMended(MigrationStage stage) throws Exception {
        stage.seed(160);
        MigrationProcess producer = stage.producer();
        stage.consumer();
        assertThat(producer.exitCode(Patience.RUN)).as(producer.tail()).isZero();

        breakThings(stage);
        Path findings = directory.resolve("findings.jsonl");
        MigrationProcess verify = ended(stage, "verify", "--output", findings.toString());
        assertThat(verify.exitCode(Patience.STEP)).as(verify.tail()).isEqualTo(3);
        assertThat(verify.log())
                .containsPattern("right +142\n")
                .containsPattern("MISSING +2 ")
                .contains("row 5: " + FIRST_LOST.expectedLocation())
                .contains("row 66: " + SECOND_LOST.expectedLocation())
                .containsPattern("SOURCE_OVERWRITTEN +1 ")
                .contains("row 15: " + OVERWRITTEN.expectedLocation())
                .containsPattern("changed +1 ")
                .containsPattern("deleted +1 ");
        assertThat(Files.readAllLines(findings)).hasSize(3);

        MigrationProcess repair = ended(stage, "verify", "--repair");
        assertThat(repair.exitCode(Patience.STEP)).as(repair.tail()).isEqualTo(3);
        assertThat(repair.log())
                .containsPattern("repaired +2 ")
                .containsPattern("SOURCE_OVERWRITTEN +1 ")
                .doesNotContain("MISSING");

        // The operator decides that the earlier bytes are right.
        write(
                stage,
                OVERWRITTEN.object(MigrationStage.OBJECT_SIZE).orElseThrow().bytes());
        MigrationProcess after = ended(stage, "verify");
        assertThat(after.exitCode(Patience.STEP)).as(after.tail()).isZero();
        assertThat(after.log()).containsPattern("right +145\n");
    }

    /** Two targets deleted, one source overwritten, and two rows that the application took over. */
    private static void breakThings(MigrationStage stage) throws SQLException {
        for (SampleRow row : new SampleRow[] {FIRST_LOST, SECOND_LOST}) {
            stage.s3()
                    .deleteObject(delete -> delete.bucket(stage.target()).key(row.expectedLocation()))
                    .join();
        }
        write(stage, "other bytes".getBytes(StandardCharsets.UTF_8));
        try (Connection connection = stage.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE `user profile` SET avatar_key = 'mine/20.jpg' WHERE id = 20");
            statement.execute("DELETE FROM `user profile` WHERE id = 30");
        }
    }

    private static void write(MigrationStage stage, byte[] bytes) {
        stage.s3()
                .putObject(
                        put -> put.bucket(stage.source()).key(OVERWRITTEN.location()),
                        AsyncRequestBody.fromBytes(bytes))
                .join();
    }

    @Test
    void withoutAMigrationNothingIsVerified(MigrationStage stage) throws SQLException, IOException {
        stage.seed(10);
        MigrationProcess early = ended(stage, "verify");
        assertThat(early.exitCode(Patience.STEP)).as(early.tail()).isEqualTo(2);
        assertThat(early.log()).contains("There is no mapping table").contains("TEMP_TABLE_FOR_UPDATE");
    }

    private static MigrationProcess ended(MigrationStage stage, String... arguments) {
        MigrationProcess process = stage.consumer(Map.of("REDIS_HOST", ""), arguments);
        process.exitCode(Patience.STEP);
        return process;
    }
}
