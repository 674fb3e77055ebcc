package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.PoisonedConsumers;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.seeding.SampleRow;
import dev.rehome.emulation.stage.MigrationProcess;
import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.stage.OnStage;
import dev.rehome.emulation.stage.Patience;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One record kills each consumer that asks for its object. */
@ExtendWith(OnStage.class)
final class PoisonRecordIT {
    private static final SampleRow POISON = SampleRow.of(40);

    @Test
    void poisonIsIsolatedAndEverythingElseMigrated(MigrationStage stage) throws SQLException {
        stage.seed(80).with("BATCH_SIZE", 4).with("MAX_ATTEMPTS", 2);
        stage.journal().cannotBeMoved(POISON.location());
        try (Guarantees guarantees = new Guarantees(stage)) {
            MigrationProcess producer = stage.producer();
            try (PoisonedConsumers consumers = new PoisonedConsumers(stage, POISON.location())) {
                consumers.workUntilTheEndOf(producer, 2);
                assertThat(producer.exitCode(Patience.STEP)).as(producer.tail()).isEqualTo(3);
            }
            assertThat(producer.log())
                    .contains("halving it")
                    .contains("ATTEMPTS_EXHAUSTED: 1;")
                    .contains("row 40: " + POISON.location());
            guarantees.judge();

            stage.journal().canBeMovedAgain(POISON.location());
            stage.consumer();
            guarantees.hold(stage.producer(), 0);
        }
    }
}
