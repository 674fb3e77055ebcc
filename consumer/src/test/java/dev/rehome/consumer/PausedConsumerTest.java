package dev.rehome.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.LogCapture;
import dev.rehome.common.TestClock;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.MemoryDatabase;
import dev.rehome.common.queue.MemoryBatchQueue;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** A consumer during a night in which the run is paused, in simulated time. */
class PausedConsumerTest {
    private final TestClock clock = new TestClock();
    private final MemoryBatchQueue queue = new MemoryBatchQueue(clock, Duration.ofSeconds(60), 2, 10);
    private final CopiedObjectCheck check =
            new CopiedObjectCheck((source, target) -> Optional.empty(), Optional::empty);
    private final AccessCircuitBreaker circuit = new AccessCircuitBreaker(clock, check);
    private final StoreHealth health = new StoreHealth(clock, check);
    private final ActiveLeases leases = new ActiveLeases(clock);
    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private int exits;
    private final CompletionWatch completion = new CompletionWatch(
            new MemoryDatabase(new TargetKeyRule("old", "new", KeyLayout.PREFIX), 10, clock)
                    .open()
                    .runs(),
            () -> "paused: deploy",
            clock,
            true,
            () -> exits++);
    private final Consuming consuming = new Consuming(
            queue.claimer("me"),
            null,
            leases,
            circuit,
            completion,
            new Consuming.Workers(threads, 4, fatal -> exits++));
    private final Reporting reporting = new Reporting(
            queue.control()::report,
            "me",
            new Reporting.Facts(
                    new ConsumerProgress(clock),
                    new AdaptiveConcurrencyLimit(clock, 16),
                    leases::size,
                    completion::held,
                    () -> circuit.reason().or(health::trouble)),
            clock);
    private final Heartbeat heartbeat = new Heartbeat(queue.claimer("me"), leases);

    @Test
    void nightIsQuietAndTheConsumerStays() {
        try (LogCapture log = new LogCapture()) {
            for (long second = 0; second < Duration.ofHours(16).toSeconds(); second++) {
                clock.advance(Duration.ofSeconds(1));
                consuming.run();
                reporting.run();
                heartbeat.run();
                health.run();
            }
            assertThat(log.lines()).hasSizeBetween(5, 25);
        } finally {
            threads.shutdown();
        }
        assertThat(exits).isZero();
        assertThat(reporting.health().healthy()).isTrue();
        assertThat(queue.control().reports().get("me").text()).startsWith("paused: deploy");
    }
}
