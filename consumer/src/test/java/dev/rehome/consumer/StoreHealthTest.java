package dev.rehome.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import dev.rehome.common.process.HealthCheck.Health;
import dev.rehome.common.queue.ConsumerReport;
import dev.rehome.common.queue.MemoryControlChannel;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.StoreUnavailable;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoreHealthTest {
    private static final Location OBJECT = new Location("memory", "source", "1");

    private final TestClock clock = new TestClock();
    private boolean away = true;
    private final CopiedObjectCheck check = new CopiedObjectCheck(this::transferCheck, Optional::empty);
    private final StoreHealth health = new StoreHealth(clock, check);

    private Optional<Refusal> transferCheck(Location source, Location target) {
        if (away) {
            throw new StoreUnavailable("away", false, null);
        }
        return Optional.empty();
    }

    @Test
    void failuresAmongServedCallsAreNotTrouble() {
        health.failed("InternalError");
        clock.advance(StoreHealth.SOON.dividedBy(2));
        health.served();
        health.failed("InternalError");
        clock.advance(StoreHealth.SOON.dividedBy(2));
        assertThat(health.trouble()).isEmpty();
    }

    @Test
    void troubleIsReportedWithinSecondsIfNoCallIsServed() {
        health.failed("UnknownHostException: s3.example");
        clock.advance(StoreHealth.SOON);
        health.run();
        assertThat(health.trouble())
                .contains("the store has served no call for 5 s. Last: UnknownHostException: s3.example");
    }

    @Test
    void consumerInTroubleIsUnhealthyAndReportsTheReasonOnTheControlChannel() {
        MemoryControlChannel control = new MemoryControlChannel();
        Reporting reporting = new Reporting(
                control::report,
                "me",
                new Reporting.Facts(
                        new ConsumerProgress(clock),
                        new AdaptiveConcurrencyLimit(clock, 16),
                        () -> 0,
                        () -> "",
                        health::trouble),
                clock);
        assertThat(reporting.health().healthy()).isTrue();

        health.failed("no credentials");
        clock.advance(StoreHealth.SOON);
        reporting.run();

        assertThat(control.reports().get("me").activity()).isEqualTo(ConsumerReport.Activity.STUCK);
        assertThat(control.reports().get("me").reason()).startsWith("the store has served no call");
        Health now = reporting.health();
        assertThat(now.healthy()).isFalse();
        assertThat(now.text())
                .isEqualTo("stuck: the store has served no call for 5 s. Last: no credentials; copied 0, failed 0,"
                        + " 0 of 8 copies in flight, 0 batches");
    }

    @Test
    void copiedObjectThatCanBeCopiedAgainShowsThatTheStoreWorks() {
        check.copied(OBJECT, OBJECT);
        health.failed("InternalError");
        clock.advance(StoreHealth.SOON);
        health.run();
        assertThat(health.trouble()).isPresent();

        away = false;
        health.run();

        assertThat(health.trouble()).isEmpty();
        assertThat(health.servedCalls()).isOne();
    }
}
