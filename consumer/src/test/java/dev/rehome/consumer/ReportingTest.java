package dev.rehome.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import dev.rehome.common.queue.ConsumerReport.Activity;
import dev.rehome.common.queue.MemoryFleetCopies;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportingTest {
    private final TestClock clock = new TestClock();
    private final AdaptiveConcurrencyLimit limit = new AdaptiveConcurrencyLimit(clock, 16);
    private int batches;
    private String held = "";
    private Optional<String> trouble = Optional.empty();
    private final Reporting reporting = new Reporting(
            (name, report) -> {},
            "c",
            new Reporting.Facts(new ConsumerProgress(clock), limit, () -> batches, () -> held, () -> trouble),
            clock);

    @Test
    void activityNamesWhatMattersMost() {
        assertThat(reporting.report().activity()).isEqualTo(Activity.IDLE);
        batches = 2;
        assertThat(reporting.report().activity()).isEqualTo(Activity.COPYING);
        limit.tryAcquire(Duration.ZERO);
        limit.release(AdaptiveConcurrencyLimit.End.THROTTLED);
        assertThat(reporting.report().activity()).isEqualTo(Activity.THROTTLED);
        held = "paused: deploy";
        assertThat(reporting.report().activity()).isEqualTo(Activity.PAUSED);
        assertThat(reporting.report().reason()).isEqualTo("deploy");
        trouble = Optional.of("bucket missing");
        assertThat(reporting.report().activity()).isEqualTo(Activity.STUCK);
        assertThat(reporting.health().healthy()).isFalse();
    }

    @Test
    void limitOfCopiesPerSecondIsAReasonWhileItHoldsCopiesBack() {
        CopyRate rate = new CopyRate(new MemoryFleetCopies(clock), clock);
        rate.limit(50);
        AdaptiveConcurrencyLimit limited = new AdaptiveConcurrencyLimit(clock, 2, rate);
        batches = 1;
        Reporting slow = new Reporting(
                (name, report) -> {},
                "c",
                new Reporting.Facts(new ConsumerProgress(clock), limited, () -> batches, () -> held, () -> trouble),
                clock);
        assertThat(slow.report().activity()).isEqualTo(Activity.COPYING);
        assertThat(slow.report().reason())
                .isEqualTo("at most 50 copies per second start in all consumers (MAX_COPIES_PER_SECOND)");
        limited.tryAcquire(Duration.ZERO);
        limited.tryAcquire(Duration.ZERO);
        assertThat(slow.report().reason())
                .as("the copies in flight are the limit")
                .isEmpty();
    }

    @Test
    void throttledConsumerCopiesAgainOnceTheStoreIsQuiet() {
        batches = 1;
        limit.tryAcquire(Duration.ZERO);
        limit.release(AdaptiveConcurrencyLimit.End.THROTTLED);
        clock.advance(Duration.ofMinutes(1));
        assertThat(reporting.report().activity()).isEqualTo(Activity.COPYING);
        assertThat(reporting.report().load().limit()).isLessThan(16);
    }
}
