package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.catalog.ApplyResult;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.catalog.ReferenceUpdate;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.Claim;
import dev.rehome.common.queue.QueueDepth;
import dev.rehome.producer.progress.Progress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApplyingTest {
    private final MemoryMigration migration = new MemoryMigration().withRows(3);
    private final BatchPublisher queue = migration.queue.publisher(MemoryMigration.PRODUCER, run -> false);
    private final Leadership leadership = new Leadership();
    private final Progress progress = new Progress();
    private final Set<BatchId> lockedRows = new HashSet<>();
    private String throttled = "";
    private boolean lockIsLostToo;
    private final Applying applying = new Applying(
            migration.catalog.lock(),
            new LockableUpdate(),
            queue,
            leadership,
            () -> throttled,
            progress,
            migration.clock);

    @BeforeEach
    void lead() {
        queue.lead(MemoryMigration.RUN);
        queue.beginPass(1);
    }

    @Test
    void copiedBatchIsAppliedAndThenForgotten() {
        migration.copy(publish(1));

        applying.run();

        assertThat(migration.locations()).containsExactly("new/1", "old/2", "old/3");
        assertThat(depth().open()).isZero();
        assertThat(progress.snapshot().totals()).isEqualTo(RecordTotals.NONE.withMigrated(1));
    }

    @Test
    void nothingIsAppliedWhileAnotherProducerHoldsTheLock() {
        migration.database.open().lock().acquire(Duration.ZERO);
        migration.copy(publish(1));

        applying.run();

        assertThat(depth().copied()).isEqualTo(1);
        assertThat(leadership.term()).isZero();
    }

    @Test
    void lostLockEndsTheTermAtOnce() {
        applying.run();
        assertThat(leadership.term()).isPositive();
        migration.catalog.lock().close();
        migration.database.open().lock().acquire(Duration.ZERO);

        applying.run();

        assertThat(leadership.term()).isZero();
    }

    @Test
    void nothingIsAppliedWhileTheRunIsThrottled() {
        migration.copy(publish(1));
        throttled = "paused: deploy";

        applying.run();

        assertThat(migration.locations()).containsExactly("old/1", "old/2", "old/3");
    }

    @Test
    void lockedRowDelaysItsOwnBatchOnly() {
        Claim locked = publish(1);
        migration.copy(locked);
        migration.copy(publish(2));
        lockedRows.add(locked.batch().id());

        applying.run();
        assertThat(migration.locations()).containsExactly("old/1", "new/2", "old/3");
        lockedRows.clear();
        applying.run();
        assertThat(migration.locations()).as("before the retry is due").contains("old/1");

        migration.clock.advance(Duration.ofSeconds(1));
        applying.run();
        assertThat(migration.locations()).containsExactly("new/1", "new/2", "old/3");
    }

    @Test
    void unavailableDatabaseEndsTheStep() {
        Claim claim = publish(1);
        migration.copy(claim);
        lockedRows.add(claim.batch().id());
        lockIsLostToo = true;

        assertThatThrownBy(applying::run).isInstanceOf(Unavailable.class);

        assertThat(depth().copied()).isEqualTo(1);
    }

    @Test
    void missingOutcomesReturnTheBatchToPending() {
        migration.completeWithoutOutcomes(publish(1));

        applying.run();

        assertThat(depth().pending()).isEqualTo(1);
        assertThat(migration.locations()).contains("old/1");
    }

    @Test
    void batchWhoseOutcomesAreMissingTimeAndAgainIsDropped() {
        migration.completeWithoutOutcomes(publish(1));
        int requeued = 0;
        for (applying.run(); depth().open() > 0 && requeued < 100; applying.run()) {
            migration.completeWithoutOutcomes(migration.claim().orElseThrow());
            requeued++;
        }

        assertThat(requeued).isEqualTo(3);
        assertThat(depth().open()).isZero();
        assertThat(migration.locations()).contains("old/1");
    }

    @Test
    void fencedFinishStartsANewTermAndCountsTheRecordsOnce() {
        migration.copy(publish(1));
        migration.queue.publisher("other", run -> false).lead(MemoryMigration.RUN);

        assertThatThrownBy(applying::run).isInstanceOf(Unavailable.class);
        long term = leadership.term();
        assertThat(term).isEqualTo(2);
        queue.lead(MemoryMigration.RUN);
        applying.run();

        assertThat(depth().open()).isZero();
        assertThat(progress.snapshot().totals().total()).isEqualTo(1);
    }

    private Claim publish(int id) {
        RowKey key = RowKey.of(Integer.toString(id));
        queue.publish(
                new Batch(migration.ids().get(), MemoryMigration.RUN, List.of(new SourceRecord(key, "old/" + id))),
                key,
                1);
        return migration.claim().orElseThrow();
    }

    private QueueDepth depth() {
        return queue.depth();
    }

    /** The update of the table, unavailable for batches with a locked row. */
    private final class LockableUpdate implements ReferenceUpdate {
        private final ReferenceUpdate update = migration.catalog.table().update();

        @Override
        public ApplyResult apply(BatchId batch, int records) {
            if (lockedRows.contains(batch)) {
                if (lockIsLostToo) {
                    migration.catalog.lock().close();
                    migration.database.open().lock().acquire(Duration.ZERO);
                }
                throw new Unavailable("lock wait timeout");
            }
            return update.apply(batch, records);
        }

        @Override
        public String statement() {
            return update.statement();
        }
    }
}
