package dev.rehome.emulation;

import dev.rehome.emulation.fault.TcpProxy;
import dev.rehome.emulation.fault.Wire;
import dev.rehome.emulation.fault.WireFault;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MariaDB dies when everything but the report is done: the run is completed once MariaDB is back. */
@ExtendWith(EmulatedMigrationExtension.class)
final class LastStepsIT {
    @ParameterizedTest
    @ValueSource(strings = {"COALESCE(SUM(migrated)", "SELECT UTC_TIMESTAMP(6)", "SET state = 'COMPLETE'"})
    void mariaDbThatDiesAtTheEndIsWaitedFor(String statement, EmulatedMigration migration) throws SQLException {
        migration.seed(60);
        try (TcpProxy database = Wire.database(migration);
                Guarantees guarantees = new Guarantees(migration)) {
            WireFault killed = database.before(
                    statement, 0, () -> migration.servers().database().kill());
            MigrationProcess producer =
                    migration.withProducers(Wire.databaseAt(database)).producer();
            migration.consumer();
            Await.until("MariaDB is killed", () -> killed.injected() > 0);
            producer.awaitLog("retrying");
            migration.servers().database().restart();
            guarantees.hold(producer, 0);
        }
    }
}
