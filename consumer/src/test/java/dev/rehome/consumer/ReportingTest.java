package dev.rehome.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import dev.rehome.common.queue.ConsumerReport.Activity;
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
    void throttledConsumerCopiesAgainOnceTheStoreIsQuiet() {
        batches = 1;
        limit.tryAcquire(Duration.ZERO);
        limit.release(AdaptiveConcurrencyLimit.End.THROTTLED);
        clock.advance(Duration.ofMinutes(1));
        assertThat(reporting.report().activity()).isEqualTo(Activity.COPYING);
        assertThat(reporting.report().load().limit()).isLessThan(16);
    }
}
