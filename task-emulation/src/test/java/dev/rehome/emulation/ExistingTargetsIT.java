package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.seeding.SampleRow;
import dev.rehome.emulation.stage.MigrationProcess;
import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.stage.OnStage;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.async.AsyncRequestBody;

/** Objects stand at the targets already. */
@ExtendWith(OnStage.class)
final class ExistingTargetsIT {
    @Test
    @DisplayName("S7 targets with other content stay and are reported; with the same content they count as copied")
    void existingTargetsAreNeverOverwritten(MigrationStage stage) throws SQLException {
        stage.seed(60);
        for (long id = 1; id <= 5; id++) {
            put(stage, id, "something else".getBytes(StandardCharsets.UTF_8));
            stage.journal().cannotBeMoved(SampleRow.of(id).location());
        }
        for (long id = 21; id <= 25; id++) {
            put(
                    stage,
                    id,
                    SampleRow.of(id)
                            .object(MigrationStage.OBJECT_SIZE)
                            .orElseThrow()
                            .bytes());
        }
        try (Guarantees guarantees = new Guarantees(stage)) {
            MigrationProcess producer = stage.producer();
            stage.consumer();
            guarantees.hold(producer, 3);
            assertThat(producer.log()).contains("CONFLICT: 5;").containsPattern("migrated +50\\b");
        }
    }

    private static void put(MigrationStage stage, long id, byte[] bytes) {
        String key = SampleRow.of(id).expectedLocation();
        stage.s3()
                .putObject(request -> request.bucket(stage.target()).key(key), AsyncRequestBody.fromBytes(bytes))
                .join();
    }
}
