package dev.rehome.emulation;

import static dev.rehome.emulation.Endings.assertEnds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.StoreGate;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.Bucket;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.migration.QueueInspector;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import dev.rehome.emulation.process.MigrationProgram;
import dev.rehome.emulation.seeding.SampleRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Operators steer a run in progress, while processes die and Redis loses its data. */
@ExtendWith(EmulatedMigrationExtension.class)
final class SteeringIT {
    private static final int ROWS = 100;

    @Test
    void pausedRunStaysPausedWhenRedisLosesItsDataAndTheProducerDies(EmulatedMigration migration) throws Exception {
        Operator operator = new Operator(migration);
        migration.seed(ROWS).with("BATCH_SIZE", 5);
        try (StoreGate store = new StoreGate(migration, 12);
                Guarantees guarantees = new Guarantees(migration);
                QueueInspector queue = migration.queue()) {
            MigrationProcess killed = migration.producerProcess();
            migration.consumer();
            migration.awaitMigrated(10);
            assertThat(operator.command("pause", "deploy", "at", "noon")).contains("Paused: deploy at noon");
            killed.kill();
            store.open();
            Await.until("the consumer has finished its batches", () -> queue.leased() == 0);
            Operator.wipe(queue);
            long before = migration.migrated();

            MigrationProgram producer = migration.producer();
            Await.until("the pause is restored", () -> producer.log().contains("restored them from the ledger"));
            Await.until("the producer waits", () -> producer.log().contains("Waiting: paused: deploy at noon"));
            assertThat(queue.open()).as("published batches").isZero();
            Operator.wipe(queue);
            assertThat(operator.command("changes")).contains("hold: '' -> 'paused: deploy at noon'");
            assertThat(queue.open())
                    .as("published batches after the second loss")
                    .isZero();
            assertThat(migration.migrated()).isEqualTo(before);

            assertThat(operator.command("resume")).contains("it was paused: deploy at noon");
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void drainedRunHasNothingInFlightAndContinues(EmulatedMigration migration) throws Exception {
        Operator operator = new Operator(migration);
        // Consumers notice the drain within seconds, and till then have two batches to claim.
        migration.seed(ROWS).with("BATCH_SIZE", 5).with("MAX_OPEN_BATCHES", 2);
        try (StoreGate store = new StoreGate(migration, 12);
                Guarantees guarantees = new Guarantees(migration);
                QueueInspector queue = migration.queue()) {
            MigrationProcess killed = migration.producerProcess();
            migration.consumer();
            migration.awaitMigrated(10);
            assertThat(operator.command("drain")).contains("--yes is required");
            assertThat(operator.command("drain", "--yes", "--reason", "maintenance"))
                    .contains("Draining: maintenance");
            killed.kill();
            store.open();
            MigrationProgram producer = migration.producer();
            Await.until(
                    "the run is drained", Await.RUN, () -> producer.log().contains("Drained: no batch is in flight"));
            assertThat(queue.leased()).isZero();
            assertThat(migration.number("SELECT COUNT(*) FROM rehome_mapping WHERE outcome = 'COPIED'"))
                    .as("copied and not applied")
                    .isZero();
            assertThat(migration.migrated()).isLessThan(ROWS / 2);
            operator.command("resume");
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void abortedRunEndsItsProcessesAndTheNextStartContinuesIt(EmulatedMigration migration) throws Exception {
        Operator operator = new Operator(migration);
        migration.seed(ROWS).with("BATCH_SIZE", 5);
        try (StoreGate store = new StoreGate(migration, 12);
                Guarantees guarantees = new Guarantees(migration)) {
            MigrationProcess killed = migration.producerProcess();
            MigrationProgram consumer = migration.consumer();
            migration.awaitMigrated(10);
            killed.kill();
            store.open();
            operator.abort("wrong bucket");
            assertEnds(0, consumer);

            MigrationProgram carriesItOut = migration.producer();
            assertEnds(1, carriesItOut);
            assertThat(carriesItOut.log()).contains("The run is stopping: wrong bucket");

            MigrationProgram producer = migration.producer();
            migration.consumer();
            guarantees.hold(producer, 0);
            assertThat(producer.log()).contains("The run was stopped: wrong bucket; this start continues it");
        }
    }

    @Test
    void settingsAreCheckedAndApplyDuringTheRun(EmulatedMigration migration) throws Exception {
        Operator operator = new Operator(migration);
        migration.seed(ROWS).with("COPY_CONCURRENCY", 1).with("BATCH_SIZE", 5);
        try (Guarantees guarantees = new Guarantees(migration);
                QueueInspector queue = migration.queue()) {
            MigrationProgram producer = migration.producer();
            Await.until("batches are published", () -> queue.open() > 0);
            assertThat(operator.command("set", "BATCH_SIZ", "7")).contains("did you mean BATCH_SIZE?");
            assertThat(operator.command("set", "BATCH_SIZE", "")).contains("can't be set to an empty value");
            assertThat(operator.command("set", "BATCH_SIZE", "many")).contains("expected a whole number from 1 to");
            assertThat(operator.command("set", "CONSUMER_TASK_COUNT", "3")).contains("run outside ECS");
            assertThat(operator.command("get", "BATCH_SIZE")).contains("BATCH_SIZE=5\n");
            operator.closeRunWindows();
            Await.until("the window is closed", () -> producer.log().contains("outside the run windows"));
            assertThat(operator.command("unset", "RUN_WINDOWS")).contains("configured value again");
            assertThat(operator.command("set", "MAX_COPIES_PER_SECOND", "40")).contains("MAX_COPIES_PER_SECOND=40");
            assertThat(operator.command("get")).contains("MAX_COPIES_PER_SECOND=40  (set live; configured here: '0')");
            migration.consumer();
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void settingOutlivesTheProducerThatIsKilledAtOnceAndRedis(EmulatedMigration migration) throws Exception {
        Operator operator = new Operator(migration);
        migration.seed(ROWS).with("BATCH_SIZE", 5).with("MAX_OPEN_BATCHES", 2);
        try (Guarantees guarantees = new Guarantees(migration);
                QueueInspector queue = migration.queue()) {
            MigrationProcess killed = migration.producerProcess();
            Await.until("batches are published", () -> queue.open() > 0);
            assertThat(operator.command("set", "BATCH_SIZE", "7")).contains("BATCH_SIZE=7");
            killed.kill();
            Operator.wipe(queue);

            assertThat(operator.command("get", "BATCH_SIZE"))
                    .contains("BATCH_SIZE=7  (set live; configured here: '5')");
            MigrationProgram producer = migration.producer();
            migration.consumer();
            guarantees.hold(producer, 0);
            assertThat(migration.number("SELECT MAX(record_no) + 1 FROM rehome_mapping"))
                    .as("records in a batch")
                    .isEqualTo(7);
        }
    }

    /** Three objects are lost: the second one stops the run, and the third alone is below the limit. */
    @Test
    void failuresBeyondTheHardLimitStopTheRunUntilSomebodyStartsItAgain(EmulatedMigration migration) throws Exception {
        migration.seed(ROWS).with("BATCH_SIZE", 5).with("CRITICAL_FAILED_RECORDS", 1);
        for (long lost : new long[] {11, 31, 91}) {
            SampleRow row = SampleRow.of(lost);
            Bucket.legacy(migration).delete(row.location());
            migration.journal().cannotBeMoved(row.location());
        }
        try (StoreGate store = new StoreGate(migration, 50);
                Guarantees guarantees = new Guarantees(migration)) {
            MigrationProgram stopped = migration.producer();
            migration.consumer();
            stopped.awaitLog("A hard limit is exceeded, stopping the run:");
            store.open();
            int code = stopped.exitCode(Await.RUN);
            assertThat(code).as(stopped.tail()).isEqualTo(1);
            assertThat(migration.runState()).isEqualTo("RUNNING");

            MigrationProgram again = migration.producer();
            migration.consumer();
            guarantees.hold(again, 3);
        }
    }
}
