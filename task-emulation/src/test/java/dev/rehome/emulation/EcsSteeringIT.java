package dev.rehome.emulation;

import static dev.rehome.emulation.Endings.assertEnds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.process.ExitCode;
import dev.rehome.emulation.fault.EcsStub;
import dev.rehome.emulation.fault.StoreGate;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.migration.QueueInspector;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import dev.rehome.emulation.process.MigrationProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Operators steer a run whose processes are ECS services. */
@ExtendWith(EmulatedMigrationExtension.class)
final class EcsSteeringIT {
    private static final int ROWS = 100;

    @Test
    void abortScalesBothServicesToZeroAndTheNextStartContinuesTheRun(EmulatedMigration migration) throws Exception {
        Operator operator = new Operator(migration);
        migration.seed(ROWS).with("BATCH_SIZE", 5);
        try (StoreGate store = new StoreGate(migration, 12);
                EcsStub ecs = EcsStub.running(migration);
                Guarantees guarantees = new Guarantees(migration)) {
            MigrationProcess killed = migration.producerProcess();
            MigrationProcess consumer = migration.consumerProcess();
            migration.awaitMigrated(10);
            killed.kill();
            store.open();
            operator.abort("wrong bucket");

            MigrationProcess producer = migration.producerProcess();
            producer.awaitLog("waiting for SIGTERM");
            assertThat(ecs.calls())
                    .extracting(call -> call.service() + "=" + call.desiredCount() + " " + call.runState())
                    .containsExactly("consumers=0 RUNNING", "producer=0 RUNNING");
            consumer.awaitLog("Waiting for the producer to scale the service to 0");
            assertThat(consumer.isAlive()).as("ECS would start another").isTrue();
            producer.terminate();
            consumer.terminate();
            assertEnds(ExitCode.FAILED, producer);
            consumer.exitCode(Await.STEP);

            EcsStub.leave(migration);
            MigrationProgram next = migration.producer();
            migration.consumer();
            guarantees.hold(next, 0);
            assertThat(next.log()).contains("The run was stopped: wrong bucket; this start continues it");
        }
    }

    @Test
    void taskCountThatIsSetScalesTheConsumersAndOutlivesProducerAndRedis(EmulatedMigration migration) throws Exception {
        Operator operator = new Operator(migration);
        migration.seed(ROWS).with("COPY_CONCURRENCY", 1).with("BATCH_SIZE", 5);
        try (EcsStub ecs = EcsStub.running(migration);
                Guarantees guarantees = new Guarantees(migration);
                QueueInspector queue = migration.queue()) {
            assertThat(operator.command("set", "CONSUMER_TASK_COUNT", "3")).contains("No run is in progress");
            MigrationProcess killed = migration.producerProcess();
            Await.until("batches are published", () -> queue.open() > 0);
            assertThat(operator.command("set", "CONSUMER_TASK_COUNT", "0")).contains("from 1 to 5000");
            assertThat(ecs.calls()).isEmpty();
            assertThat(operator.command("set", "CONSUMER_TASK_COUNT", "3")).contains("CONSUMER_TASK_COUNT=3");
            killed.kill();
            Operator.wipe(queue);

            assertThat(ecs.desired("consumers")).isEqualTo(3);
            assertThat(operator.command("get", "CONSUMER_TASK_COUNT")).contains("CONSUMER_TASK_COUNT=3  (set live");
            ecs.refuse("AccessDeniedException");
            assertThat(operator.command("set", "CONSUMER_TASK_COUNT", "4")).contains("Grant the task role");
            assertThat(operator.command("get", "CONSUMER_TASK_COUNT")).contains("CONSUMER_TASK_COUNT=3  (set live");

            EcsStub.leave(migration);
            MigrationProcess producer = migration.producerProcess();
            migration.consumer();
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void consumersAreAtZeroWhileTheRunWindowsAreClosed(EmulatedMigration migration) throws Exception {
        Operator operator = new Operator(migration);
        migration.seed(ROWS).with("BATCH_SIZE", 5).with("MAX_OPEN_BATCHES", 2).with("SCALE_WITH_WINDOWS", "true");
        try (StoreGate store = new StoreGate(migration, 12);
                EcsStub ecs = EcsStub.running(migration);
                Guarantees guarantees = new Guarantees(migration);
                QueueInspector queue = migration.queue()) {
            // The consumer looks for a third batch, and notices the closed windows, while two wait at the gate.
            migration.with("BATCHES_IN_FLIGHT", 3);
            MigrationProcess killed = migration.producerProcess();
            MigrationProcess consumer = migration.consumerProcess();
            migration.awaitMigrated(10);
            operator.closeRunWindows();
            killed.awaitLog("outside the run windows");
            consumer.awaitLog("outside the run windows");
            store.open();
            Await.until("the consumers are at zero", () -> ecs.desired("consumers") == 0);
            assertThat(queue.leased()).as("batches in flight").isZero();
            consumer.terminate();
            consumer.exitCode(Await.STEP);
            Await.until(
                    "the status says so",
                    () -> operator.command("status").contains("no consumer runs until then, when 1 start"));
            assertThat(operator.command("set", "CONSUMER_TASK_COUNT", "4")).contains("start when they open");
            killed.kill();
            Operator.wipe(queue);

            MigrationProcess producer = migration.producerProcess();
            Await.until(
                    "the next producer waits, too",
                    () -> producer.log().contains("no consumer runs until then, when 4 start"));
            assertThat(ecs.desired("consumers")).isZero();
            operator.command("unset", "RUN_WINDOWS");
            Await.until("the consumers are started", () -> ecs.desired("consumers") == 4);
            assertThat(ecs.calls()).hasSize(2);

            producer.kill();
            EcsStub.leave(migration);
            MigrationProgram last = migration.producer();
            migration.consumer();
            guarantees.hold(last, 0);
        }
    }
}
