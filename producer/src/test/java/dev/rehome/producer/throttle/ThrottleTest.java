package dev.rehome.producer.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.queue.FleetCopies;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThrottleTest extends ThrottleFixture {
    @Test
    void idleServerDoesNotThrottle() {
        assertThat(throttle.reason()).isEmpty();
        assertThat(throttle.loadReason()).isEmpty();
        assertThat(throttle.critical()).isEmpty();
    }

    @Test
    void allReasonsAreListed() {
        running = 61;
        waiting = 4;
        copies = new FleetCopies.Tries(10_000, 612);
        control.pause("deploy", "ann");
        clock.advance(Duration.ofSeconds(3));
        lag.written(lag.now());
        assertThat(throttle.reasons())
                .containsExactly(
                        "paused: deploy",
                        "replica r lags 3.0 s > 2.0",
                        "the database runs 61 statements > 50",
                        "4 statements wait for row locks > 3",
                        "the store wants fewer requests (SlowDown) in 6.1 % of the copies > 5 %");
    }

    @Test
    void operatorsPauseIsNotALoadReason() {
        control.pause("deploy", "ann");
        assertThat(throttle.reason()).isEqualTo("paused: deploy");
        assertThat(throttle.applyReason()).isEqualTo("paused: deploy");
        assertThat(throttle.loadReason()).isEmpty();
    }

    @Test
    void drainPublishesNothingButAppliesWhatIsCopied() {
        control.drain("deploy", "ann");
        assertThat(throttle.reason()).isEqualTo("draining: deploy");
        assertThat(throttle.applyReason()).isEmpty();
        assertThat(throttle.isDraining()).isTrue();
        running = 61;
        pass(Duration.ofSeconds(1));
        assertThat(throttle.applyReason()).isEqualTo("the database runs 61 statements > 50");
    }

    @Test
    void closedRunWindowDrainsAndHoldsTheConsumersToo() {
        control.set("RUN_WINDOWS", "Fri 22:00-23:00", "ann");
        String closed = "outside the run windows, which open next at Fri 2026-01-02 22:00 UTC";
        assertThat(throttle.reason()).isEqualTo(closed);
        assertThat(throttle.loadReason()).isEqualTo(closed);
        assertThat(throttle.applyReason()).isEmpty();
        assertThat(throttle.isDraining()).isTrue();
    }

    @Test
    void closedRunWindowNamesTheConsumersThatStartWhenItOpens() {
        control.set("RUN_WINDOWS", "Fri 22:00-23:00", "ann");
        control.set(ConsumersAtOpening.NAME, "8", "run windows");
        assertThat(throttle.reason())
                .isEqualTo(
                        "outside the run windows, which open next at Fri 2026-01-02 22:00 UTC; no consumer runs until"
                                + " then, when 8 start");
    }

    @Test
    void windowsThatAreSetLiveApplyWithinASecond() {
        control.set("RUN_WINDOWS", "Fri 22:00-23:00", "ann");
        assertThat(throttle.reason()).isNotEmpty();
        control.set("RUN_WINDOW_TZ", "Asia/Tokyo", "ann");
        control.set("RUN_WINDOWS", "Thu 09:00-10:00", "ann");
        pass(Duration.ofSeconds(1));
        assertThat(throttle.reason()).isEmpty();
        assertThat(throttle.windows().nextChange(clock.instant()))
                .contains(clock.instant().plusSeconds(3_599));
        control.unset("RUN_WINDOWS", "ann");
        pass(Duration.ofDays(1));
        assertThat(throttle.reason()).isEmpty();
    }

    @Test
    void limitsThatAreSetLiveApplyWithinASecond() {
        running = 60;
        assertThat(throttle.reason()).contains("60 statements > 50");
        control.set("MAX_THREADS_RUNNING", "70", "ann");
        assertThat(throttle.reason()).isNotEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(throttle.reason()).isEmpty();
        control.set("MAX_REPLICA_LAG_SECONDS", "0.5", "ann");
        clock.advance(Duration.ofSeconds(1));
        lag.written(lag.now());
        assertThat(throttle.reason()).isEqualTo("replica r lags 1.0 s > 0.5");
    }

    @Test
    void loadUpToTheLimitDoesNotThrottle() {
        running = 50;
        waiting = 3;
        copies = new FleetCopies.Tries(10_000, 500);
        assertThat(throttle.reason()).isEmpty();
    }

    @Test
    void zeroMeansUnlimited() {
        running = 10_000;
        waiting = 10_000;
        copies = new FleetCopies.Tries(10_000, 10_000);
        Throttle none = throttle(new Limits(LIMIT, 0, 0, 0, 0, 0), Limits.NONE);
        pass(Throttle.PEAK);
        assertThat(none.reason()).isEmpty();
        assertThat(none.critical()).isEmpty();
    }

    @Test
    void factsAreReadOnceASecond() {
        throttle.reason();
        running = 61;
        assertThat(throttle.reason()).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(throttle.reason()).isNotEmpty();
    }

    @Test
    void recentFailuresHoldTheRunUntilTheyAreFiveMinutesOld() {
        assertThat(throttle.reason()).isEmpty();
        totals = new RecordTotals(8_000, 0, 0, 1_000);
        pass(Duration.ofSeconds(5));
        assertThat(throttle.reason()).isEqualTo("11.1 % of the records failed in the last 5 min > 10 %");
        for (int i = 0; i < 61; i++) {
            pass(Duration.ofSeconds(5));
            throttle.reason();
        }
        assertThat(throttle.reason()).isEmpty();
    }

    @Test
    void percentageOfAFewRecordsIsIgnored() {
        throttle.reason();
        totals = new RecordTotals(0, 0, 0, 999);
        pass(Duration.ofSeconds(5));
        assertThat(throttle.reason()).isEmpty();
    }

    @Test
    void stopIsSeenEvenWhileTheLoadCanNotBeRead() {
        control.stop("wrong bucket", "ann");
        running = -1;
        assertThatThrownBy(throttle::reason).isInstanceOf(Unavailable.class);
        assertThat(throttle.stop()).isPresent();
    }

    @Test
    void stopIsKnownFromTheLatestReading() {
        control.stop("wrong bucket", "ann");
        assertThat(throttle.stop()).isEmpty();
        throttle.reason();
        assertThat(throttle.stop()).isPresent();
    }
}
