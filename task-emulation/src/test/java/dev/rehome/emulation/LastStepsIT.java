package dev.rehome.emulation;

import dev.rehome.emulation.fault.TcpProxy;
import dev.rehome.emulation.fault.Trigger;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.stage.MigrationProcess;
import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.stage.OnStage;
import dev.rehome.emulation.stage.Patience;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The database dies when all is done but the report: the run is completed once it is back. */
@ExtendWith(OnStage.class)
final class LastStepsIT {
    @ParameterizedTest
    @ValueSource(strings = {"COALESCE(SUM(migrated)", "SELECT UTC_TIMESTAMP(6)", "SET state = 'COMPLETE'"})
    void databaseThatDiesAtTheEndIsWaitedOut(String statement, MigrationStage stage) throws SQLException {
        stage.seed(60);
        try (TcpProxy database = new TcpProxy(stage.servers().database().port());
                Guarantees guarantees = new Guarantees(stage)) {
            Trigger died = database.before(
                    statement, 0, () -> stage.servers().database().kill());
            MigrationProcess producer =
                    stage.producer(Map.of("DATABASE_PORT", Integer.toString(database.port())), "run");
            stage.consumer();
            Patience.until("the database dies", () -> died.struck() > 0);
            producer.awaitLog("trying again");
            stage.servers().database().restart();
            guarantees.hold(producer, 0);
        }
    }
}
