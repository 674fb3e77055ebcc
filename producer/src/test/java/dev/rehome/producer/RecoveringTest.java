package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.FailedRecord;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.QueueDepth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecoveringTest {
    private final MemoryMigration migration = new MemoryMigration();
    private final BatchPublisher queue = migration.queue.publisher(MemoryMigration.PRODUCER, run -> false);
    private final Leadership leadership = new Leadership();
    private final List<String> failed = new ArrayList<>();
    private final Recovering recovering = new Recovering(
            migration.queue.reaper(),
            queue::finish,
            this::recordFailure,
            migration.ids(),
            leadership,
            MemoryMigration.LEASE);

    @BeforeEach
    void lead() {
        leadership.taken();
        queue.lead(MemoryMigration.RUN);
        queue.beginPass(1);
    }

    @Test
    void expiredLeaseReturnsTheBatchToPending() {
        publish(2);
        migration.claim();
        expireLeases();

        recovering.run();

        assertThat(depth().pending()).isEqualTo(1);
        assertThat(depth().leased()).isZero();
    }

    @Test
    void producerWithoutTheLockRecoversNothing() {
        publish(2);
        migration.claim();
        expireLeases();
        leadership.lost();

        recovering.run();

        assertThat(depth().leased()).isEqualTo(1);
    }

    @Test
    void deadLetterIsSplitInHalf() {
        publish(3);
        useUpAttempts();

        recovering.run();

        assertThat(depth().pending()).isEqualTo(2);
        assertThat(migration.claim().orElseThrow().batch().size()).isEqualTo(1);
        assertThat(migration.claim().orElseThrow().batch().size()).isEqualTo(2);
        assertThat(failed).isEmpty();
    }

    @Test
    void deadLetterWithOneRecordIsRecordedAsFailedAndFinished() {
        publish(1);
        useUpAttempts();

        recovering.run();

        assertThat(failed).containsExactly("old/1 ATTEMPTS_EXHAUSTED");
        assertThat(depth().open()).isZero();
    }

    @Test
    void everyRecordOfABatchThatKillsItsConsumersIsRecordedInTheEnd() {
        publish(5);
        for (int round = 0; depth().open() > 0 && round < 50; round++) {
            while (migration.claim().isPresent()) {
                // Each consumer dies with its batch.
            }
            expireLeases();
            recovering.run();
        }

        assertThat(failed).hasSize(5).doesNotHaveDuplicates();
        assertThat(depth().open()).isZero();
    }

    @Test
    void periodIsAQuarterOfTheLeaseButAtMostFiveSeconds() {
        assertThat(recovering.run()).isEqualTo(Duration.ofSeconds(5));
        Recovering quick = new Recovering(
                migration.queue.reaper(),
                queue::finish,
                this::recordFailure,
                migration.ids(),
                leadership,
                Duration.ofSeconds(4));
        assertThat(quick.run()).isEqualTo(Duration.ofSeconds(1));
    }

    private void recordFailure(Batch batch, FailedRecord failure) {
        FailureCode code = failure.code();
        failed.add(batch.records().get(failure.record()).location() + " " + code);
    }

    private void publish(int records) {
        List<SourceRecord> rows = IntStream.rangeClosed(1, records)
                .mapToObj(id -> new SourceRecord(RowKey.of(Integer.toString(id)), "old/" + id))
                .toList();
        queue.publish(
                new Batch(migration.ids().get(), MemoryMigration.RUN, rows),
                rows.get(0).rowKey(),
                1);
    }

    private void useUpAttempts() {
        for (int attempt = 0; attempt < MemoryMigration.MAX_ATTEMPTS; attempt++) {
            assertThat(migration.claim()).isPresent();
            expireLeases();
            migration.queue.reaper().recover();
        }
        assertThat(depth().dead()).isEqualTo(1);
    }

    private void expireLeases() {
        migration.clock.advance(MemoryMigration.LEASE.plusSeconds(1));
    }

    private QueueDepth depth() {
        return queue.depth();
    }
}
