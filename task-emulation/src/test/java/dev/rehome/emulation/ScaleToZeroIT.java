package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rehome.common.process.ExitCode;
import dev.rehome.emulation.fault.EcsStub;
import dev.rehome.emulation.fault.TcpProxy;
import dev.rehome.emulation.fault.Trigger;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.stage.CatalogRows;
import dev.rehome.emulation.stage.MigrationProcess;
import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.stage.OnStage;
import dev.rehome.emulation.stage.Patience;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The end on ECS: COMPLETE in the ledger, the consumers' service to zero, the producer's own, then the exit. */
@ExtendWith(OnStage.class)
final class ScaleToZeroIT {
    private static final int STOPPED_BY_SIGTERM = 143;
    private static final Duration STOP = Duration.ofSeconds(10);

    @Test
    void refusedCallsAreRepeatedUntilBothServicesAreAtZero(MigrationStage stage) throws SQLException {
        stage.seed(100);
        try (EcsStub ecs = ecs(stage);
                Guarantees guarantees = new Guarantees(stage)) {
            ecs.refuse("AccessDeniedException", "ThrottlingException");
            MigrationProcess producer = stage.producer();
            MigrationProcess consumer = stage.consumer();
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
            assertThat(producer.exitCode(STOP)).isEqualTo(ExitCode.COMPLETE);
            assertThat(consumer.exitCode(STOP)).isEqualTo(STOPPED_BY_SIGTERM);
        }
    }

    @Test
    void mistypedProducerServiceIsRefusedBeforeAnythingIsChanged(MigrationStage stage) throws SQLException {
        stage.seed(20);
        try (EcsStub ecs = ecs(stage)) {
            stage.with("PRODUCER_SERVICE_NAME", "prod-svcc");
            MigrationProcess producer = stage.producer();
            assertThat(producer.exitCode(Patience.RUN)).isEqualTo(ExitCode.REFUSED);
            assertThat(producer.log()).contains("has no active service prod-svcc. Set PRODUCER_SERVICE_NAME");
            assertThat(ecs.calls()).isEmpty();
            withoutServices(stage);
        }
    }

    @Test
    void consumersRaisedAfterTheEndScaleTheirOwnServiceToZero(MigrationStage stage) throws SQLException {
        stage.seed(20);
        try (EcsStub ecs = ecs(stage)) {
            MigrationProcess producer = stage.producer();
            stage.consumer().awaitLog("Consumer ");
            producer.awaitLog("waiting for SIGTERM");
            producer.terminate();
            assertThat(producer.exitCode(STOP)).isEqualTo(ExitCode.COMPLETE);

            ecs.set("consumers", 3);
            MigrationProcess leftover = stage.consumer();
            leftover.awaitLog("scaled service consumers to 0");
            assertThat(ecs.desired("consumers")).isZero();
            assertThat(leftover.isAlive()).isTrue();
            withoutServices(stage);
        }
    }

    /** Row 499 has no object, so a legacy row is left, and no consumer is left to try it again. */
    @Test
    void producerKilledBetweenTheCallsRepeatsOnlyThem(MigrationStage stage) throws SQLException {
        stage.seed(510);
        try (EcsStub ecs = ecs(stage);
                Guarantees guarantees = new Guarantees(stage)) {
            ecs.refuseAlways("producer");
            MigrationProcess producer = stage.producer();
            MigrationProcess consumer = stage.consumer();
            producer.awaitLog("Service producer is not scaled to zero");
            producer.kill();
            consumer.kill();
            var rows = CatalogRows.of(stage);
            List<String> runs = stage.runs();
            int calls = ecs.calls().size();
            ecs.refuseNone();

            MigrationProcess next = stage.producer();
            next.awaitLog("waiting for SIGTERM");
            assertThat(services(ecs).subList(calls, ecs.calls().size())).containsExactly("consumers", "producer");
            assertThat(CatalogRows.of(stage)).isEqualTo(rows);
            assertThat(stage.runs()).as("COMPLETE is written once").isEqualTo(runs);
            endWithoutServices(stage, next);
            guarantees.hold(3);
        }
    }

    @Test
    @DisplayName("P10 producer killed between COMPLETE and the first call")
    void producerKilledBeforeTheFirstCallScalesAfterItsRestart(MigrationStage stage) throws SQLException {
        stage.seed(60);
        try (EcsStub ecs = ecs(stage);
                TcpProxy proxy = new TcpProxy(URI.create(ecs.endpoint()).getPort());
                Guarantees guarantees = new Guarantees(stage)) {
            CompletableFuture<MigrationProcess> victim = new CompletableFuture<>();
            Trigger strike =
                    proxy.insteadOf("UpdateService", 0, () -> victim.join().kill());
            victim.complete(stage.producer(Map.of("AWS_ENDPOINT_URL_ECS", "http://127.0.0.1:" + proxy.port()), "run"));
            stage.consumer();
            victim.join().exitCode(Patience.RUN);
            assertThat(ecs.calls()).isEmpty();
            assertThat(stage.runState()).isEqualTo("COMPLETE");
            List<String> runs = stage.runs();
            guarantees.judge();

            MigrationProcess next = stage.producer();
            next.awaitLog("waiting for SIGTERM");
            assertThat(services(ecs)).containsExactly("consumers", "producer");
            assertThat(stage.runs()).as("COMPLETE is written once").isEqualTo(runs);
            assertThat(strike.struck()).isOne();
            endWithoutServices(stage, next);
            guarantees.hold(0);
        }
    }

    /** A producer with services waits for SIGTERM at its end; the next run is to end by itself. */
    private static void endWithoutServices(MigrationStage stage, MigrationProcess producer) {
        producer.terminate();
        assertThat(producer.exitCode(STOP)).isEqualTo(ExitCode.COMPLETE);
        withoutServices(stage);
    }

    private static void withoutServices(MigrationStage stage) {
        stage.with("CLUSTER_NAME", "").with("CONSUMER_SERVICE_NAME", "").with("PRODUCER_SERVICE_NAME", "");
    }

    private static EcsStub ecs(MigrationStage stage) {
        EcsStub ecs = new EcsStub(stage::runState);
        stage.with("AWS_ENDPOINT_URL_ECS", ecs.endpoint())
                .with("CLUSTER_NAME", "rehearsal")
                .with("CONSUMER_SERVICE_NAME", "consumers")
                .with("PRODUCER_SERVICE_NAME", "producer");
        return ecs;
    }

    private static List<String> services(EcsStub ecs) {
        return ecs.calls().stream().map(EcsStub.Call::service).toList();
    }
}
