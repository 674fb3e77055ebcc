package dev.rehome.emulation;

import static dev.rehome.emulation.Endings.assertEnds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.PoisonedConsumers;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.MigrationProgram;
import dev.rehome.emulation.seeding.SampleRow;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One record kills each consumer that copies its object. */
@ExtendWith(EmulatedMigrationExtension.class)
final class PoisonRecordIT {
    private static final SampleRow POISON = SampleRow.of(40);

    @Test
    void poisonedRecordIsIsolatedAndTheOthersAreMigrated(EmulatedMigration migration) throws SQLException {
        migration.seed(60).with("BATCH_SIZE", 2).with("MAX_ATTEMPTS", 2);
        migration.journal().cannotBeMoved(POISON.location());
        try (Guarantees guarantees = new Guarantees(migration)) {
            MigrationProgram producer = migration.producer();
            try (PoisonedConsumers consumers = new PoisonedConsumers(migration, POISON.location())) {
                consumers.workUntilTheEndOf(producer, 1);
                assertEnds(3, producer);
            }
            assertThat(producer.log())
                    .contains("records in half")
                    .contains("ATTEMPTS_EXHAUSTED: 1;")
                    .contains("row 40: " + POISON.location());
            guarantees.judge();

            migration.journal().canBeMovedAgain(POISON.location());
            migration.consumer();
            guarantees.hold(migration.producer(), 0);
        }
    }
}
