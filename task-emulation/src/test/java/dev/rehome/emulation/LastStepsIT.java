package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.TcpProxy;
import dev.rehome.emulation.fault.Wire;
import dev.rehome.emulation.fault.WireFault;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProgram;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** MariaDB dies when everything but the report is done: the run is completed once MariaDB is back. */
@ExtendWith(EmulatedMigrationExtension.class)
final class LastStepsIT {
    private static final List<String> STATEMENTS =
            List.of("COALESCE(SUM(migrated)", "SELECT UTC_TIMESTAMP(6)", "SET state = 'COMPLETE'");

    @Test
    void mariaDbThatDiesAtEachStepOfTheEndIsWaitedFor(EmulatedMigration migration) throws SQLException {
        migration.seed(60);
        try (TcpProxy database = Wire.database(migration);
                Guarantees guarantees = new Guarantees(migration)) {
            List<WireFault> kills = STATEMENTS.stream()
                    .map(statement -> database.before(
                            statement, 0, () -> migration.servers().database().kill()))
                    .toList();
            MigrationProgram producer =
                    migration.withProducers(Wire.databaseAt(database)).producer();
            migration.consumer();
            for (int i = 0; i < STATEMENTS.size(); i++) {
                WireFault kill = kills.get(i);
                Await.until("MariaDB is killed before " + STATEMENTS.get(i), () -> kill.injected() > 0);
                migration.servers().database().restart();
            }
            guarantees.hold(producer, 0);
            assertThat(producer.log()).containsPattern("(?s)(retrying.*){3}");
        }
    }
}
