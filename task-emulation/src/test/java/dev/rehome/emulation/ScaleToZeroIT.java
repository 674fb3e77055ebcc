package dev.rehome.emulation;

import static dev.rehome.emulation.Endings.assertEnds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rehome.common.process.ExitCode;
import dev.rehome.emulation.application.CatalogRows;
import dev.rehome.emulation.fault.EcsStub;
import dev.rehome.emulation.fault.TcpProxy;
import dev.rehome.emulation.fault.WireFault;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import dev.rehome.emulation.process.MigrationProgram;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The end on ECS: COMPLETE in the ledger, the consumers' service to zero, the producer's own, then the exit. */
@ExtendWith(EmulatedMigrationExtension.class)
final class ScaleToZeroIT {
    private static final int STOPPED_BY_SIGTERM = 143;

    @Test
    void refusedCallsAreRepeatedAndConsumersRaisedLaterAreScaledToZero(EmulatedMigration migration)
            throws SQLException {
        migration.seed(100);
        try (EcsStub ecs = EcsStub.running(migration);
                Guarantees guarantees = new Guarantees(migration)) {
            ecs.refuse("AccessDeniedException", "ThrottlingException");
            MigrationProcess producer = migration.producerProcess();
            MigrationProcess consumer = migration.consumerProcess();
            producer.awaitLog("waiting for SIGTERM");
            assertThat(ecs.calls())
                    .extracting(EcsStub.Call::service, EcsStub.Call::refusal)
                    .containsExactly(
                            tuple("consumers", "AccessDeniedException"),
                            tuple("consumers", "ThrottlingException"),
                            tuple("consumers", ""),
                            tuple("producer", ""));
            assertThat(ecs.calls()).allSatisfy(call -> {
                assertThat(call.operation()).isEqualTo("UpdateService");
                assertThat(call.cluster()).isEqualTo("rehearsal");
                assertThat(call.desiredCount()).isZero();
                assertThat(call.runState()).isEqualTo("COMPLETE");
            });
            assertThat(producer.log()).contains("Grant the task role ecs:UpdateService");
            assertThat(producer.isAlive()).isTrue();
            assertThat(consumer.isAlive()).isTrue();
            guarantees.judge();
            producer.terminate();
            consumer.terminate();
            assertEnds(ExitCode.COMPLETE, producer);
            assertEnds(STOPPED_BY_SIGTERM, consumer);

            // As an apply that raises the consumers after the end.
            ecs.set("consumers", 3);
            MigrationProgram leftover = migration.consumer();
            leftover.awaitLog("scaled service consumers to 0");
            assertThat(ecs.desired("consumers")).isZero();
            assertThat(leftover.isAlive()).isTrue();
        }
    }

    /** Row 499 has no object, so a legacy row is left, but no consumer that could copy it again. */
    @Test
    @DisplayName("P10 the producer is killed between COMPLETE and the first call, and its successor between the calls")
    void killedProducersAreSucceededByOneThatRepeatsOnlyTheCalls(EmulatedMigration migration) throws SQLException {
        migration.seed(510);
        try (EcsStub ecs = EcsStub.running(migration);
                TcpProxy proxy = new TcpProxy(URI.create(ecs.endpoint()).getPort());
                Guarantees guarantees = new Guarantees(migration)) {
            CompletableFuture<MigrationProcess> victim = new CompletableFuture<>();
            WireFault kill =
                    proxy.insteadOf("UpdateService", 0, () -> victim.join().kill());
            victim.complete(
                    migration.producerProcess(Map.of("AWS_ENDPOINT_URL_ECS", "http://127.0.0.1:" + proxy.port())));
            MigrationProcess consumer = migration.consumerProcess();
            victim.join().exitCode(Await.RUN);
            consumer.kill();
            assertThat(ecs.calls()).isEmpty();
            assertThat(migration.runState()).isEqualTo("COMPLETE");
            var rows = CatalogRows.of(migration);
            List<String> runs = runs(migration);
            ecs.refuseAlways("producer");
            MigrationProcess second = migration.producerProcess();
            second.awaitLog("Service producer is not scaled to zero");
            second.kill();
            int calls = ecs.calls().size();
            ecs.refuseNone();
            MigrationProcess last = migration.producerProcess();
            last.awaitLog("waiting for SIGTERM");
            assertThat(services(ecs).subList(calls, ecs.calls().size())).containsExactly("consumers", "producer");
            assertThat(CatalogRows.of(migration)).isEqualTo(rows);
            assertThat(runs(migration)).as("COMPLETE is written once").isEqualTo(runs);
            assertThat(kill.injected()).isOne();
            last.terminate();
            assertEnds(ExitCode.COMPLETE, last);
            EcsStub.leave(migration);
            guarantees.hold(3);
        }
    }

    /** State, number, start and completion of each run by the migrator's ledger. */
    private static List<String> runs(EmulatedMigration migration) throws SQLException {
        return migration.execute("SELECT CONCAT_WS(' ', state, run_no, started_at, completed_at) FROM "
                + EmulatedMigration.MAPPING_TABLE + "_run ORDER BY run_no");
    }

    private static List<String> services(EcsStub ecs) {
        return ecs.calls().stream().map(EcsStub.Call::service).toList();
    }
}
