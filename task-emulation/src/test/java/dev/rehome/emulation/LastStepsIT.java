package dev.rehome.emulation;

import dev.rehome.emulation.fault.TcpProxy;
import dev.rehome.emulation.fault.WireFault;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The database dies when all is done but the report: the run is completed once it is back. */
@ExtendWith(EmulatedMigrationExtension.class)
final class LastStepsIT {
    @ParameterizedTest
    @ValueSource(strings = {"COALESCE(SUM(migrated)", "SELECT UTC_TIMESTAMP(6)", "SET state = 'COMPLETE'"})
    void databaseThatDiesAtTheEndIsWaitedOut(String statement, EmulatedMigration migration) throws SQLException {
        migration.seed(60);
        try (TcpProxy database = new TcpProxy(migration.servers().database().port());
                Guarantees guarantees = new Guarantees(migration)) {
            WireFault died = database.before(
                    statement, 0, () -> migration.servers().database().kill());
            MigrationProcess producer =
                    migration.producer(Map.of("DATABASE_PORT", Integer.toString(database.port())), "run");
            migration.consumer();
            Await.until("the database dies", () -> died.injected() > 0);
            producer.awaitLog("retrying");
            migration.servers().database().restart();
            guarantees.hold(producer, 0);
        }
    }
}
