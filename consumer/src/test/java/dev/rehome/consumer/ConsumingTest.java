package dev.rehome.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.catalog.MemoryDatabase;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.MemoryBatchQueue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ConsumingTest {
    private final TestClock time = new TestClock();
    private final MemoryBatchQueue queue = new MemoryBatchQueue(time, Duration.ofSeconds(60), 2, 10);
    private final BatchPublisher publisher = queue.publisher("producer", run -> false);
    private final ActiveLeases leases = new ActiveLeases(time);
    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final CompletionWatch completion = new CompletionWatch(
            new MemoryDatabase(new TargetKeyRule("old", "new", KeyLayout.PREFIX), 10, time)
                    .open()
                    .runs(),
            () -> "",
            time,
            false,
            () -> {});
    private final CopiedObjectCheck check =
            new CopiedObjectCheck((source, target) -> Optional.empty(), Optional::empty);
    private final Consuming consuming = new Consuming(
            queue.claimer("me"),
            null,
            leases,
            new AccessCircuitBreaker(time, check),
            completion,
            new Consuming.Workers(threads, 4, fatal -> {
                throw new AssertionError(fatal);
            }));

    @Test
    void claimThatArrivesAfterTheShutdownBeganIsReleased() {
        List<SourceRecord> records = List.of(new SourceRecord(RowKey.of("1"), "old/1"));
        Batch batch = new Batch(new BatchId(new UUID(0, 1)), TestBatches.RUN, records);
        publisher.lead(TestBatches.RUN);
        publisher.beginPass(1);
        publisher.publish(batch, batch.lastKey(), 1);
        threads.shutdown();

        consuming.run();

        assertThat(leases.size()).isZero();
        assertThat(publisher.depth().pending()).isEqualTo(1);
    }
}
