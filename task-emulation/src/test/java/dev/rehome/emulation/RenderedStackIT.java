package dev.rehome.emulation;

import static dev.rehome.emulation.Endings.assertEnds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.process.ExitCode;
import dev.rehome.emulation.fault.EcsStub;
import dev.rehome.emulation.fault.StoreGate;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProgram;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Both programs with the environment that the stack renders, through a deployment's life. Only what depends on the machine
 * is replaced: servers, credentials, names of buckets and tables, and the port of the health endpoint.
 */
@ExtendWith(EmulatedMigrationExtension.class)
final class RenderedStackIT {
    private static final String PRODUCER = "s3Mig_producer_service";
    private static final String CONSUMERS = "s3Mig_consumer_service";
    private static final int CONSUMER_TASKS = 1;
    private static final int STOPPED_BY_SIGTERM = 143;

    private final List<MigrationProgram> consumers = new ArrayList<>();
    private MigrationProgram producer;

    @Test
    void runSurvivesAStopEndsWithBothServicesAtZeroAndALaterApplyEndsThereToo(EmulatedMigration migration)
            throws IOException, SQLException {
        try (StoreGate store = new StoreGate(migration.seed(200), 60);
                EcsStub ecs = new EcsStub(migration::runState);
                Guarantees guarantees = new Guarantees(migration)) {
            apply(migration, ecs);
            migration.awaitMigrated(40);
            ecs.set(PRODUCER, 0);
            ecs.set(CONSUMERS, 0);
            producer.terminate();
            store.open();
            stopTasks(STOPPED_BY_SIGTERM);
            assertThat(ecs.calls())
                    .as("a stop by MIGRATION_ENABLED = false scales nothing")
                    .isEmpty();

            apply(migration, ecs);
            endsAtZero(ecs);
            assertThat(migration.runState()).isEqualTo("COMPLETE");
            List<String> runs = runs(migration);
            guarantees.judge();

            apply(migration, ecs);
            endsAtZero(ecs);
            assertThat(runs(migration))
                    .as("an apply after the end is one more run")
                    .hasSize(runs.size() + 1);
            guarantees.judge();
            assertThat(ecs.calls()).extracting(EcsStub.Call::cluster).containsOnly("rehome");
        }
    }

    /** Sets both desired counts and starts the tasks, the producer's first. */
    private void apply(EmulatedMigration migration, EcsStub ecs) throws IOException {
        ecs.set(PRODUCER, 1);
        ecs.set(CONSUMERS, CONSUMER_TASKS);
        producer = migration.producerProcess(environment(migration, ecs, "producer"));
        consumers.clear();
        for (int i = 0; i < CONSUMER_TASKS; i++) {
            consumers.add(migration.consumerProcess(environment(migration, ecs, "consumer")));
        }
    }

    private static Map<String, String> environment(EmulatedMigration migration, EcsStub ecs, String program)
            throws IOException {
        Map<String, String> variables = new HashMap<>(RenderedTask.environment("defaults", program));
        variables
                .keySet()
                .removeIf(
                        name -> !migration.environment().getOrDefault(name, "").isEmpty());
        variables.put("AWS_ENDPOINT_URL_ECS", ecs.endpoint());
        // The embedded server has no certificate, and the tasks of one machine would share the port.
        variables.put("DATABASE_TLS", "disable");
        variables.put("HTTP_PORT", "0");
        return variables;
    }

    private void endsAtZero(EcsStub ecs) {
        producer.awaitLog("waiting for SIGTERM");
        assertThat(ecs.desired(PRODUCER)).isZero();
        assertThat(ecs.desired(CONSUMERS)).isZero();
        stopTasks(ExitCode.COMPLETE);
    }

    private static List<String> runs(EmulatedMigration migration) throws SQLException {
        return migration.execute("SELECT run_no FROM " + EmulatedMigration.MAPPING_TABLE + "_run ORDER BY run_no");
    }

    /** As ECS does when the desired counts are at 0. */
    private void stopTasks(int exitOfTheProducer) {
        producer.terminate();
        consumers.forEach(MigrationProgram::terminate);
        assertEnds(exitOfTheProducer, producer);
        consumers.forEach(each -> assertThat(each.exitCode(Await.STEP)).isEqualTo(STOPPED_BY_SIGTERM));
    }
}
