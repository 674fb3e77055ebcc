package dev.rehome.producer.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.catalog.RecordTotals;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HardLimitTest extends ThrottleFixture {
    @Test
    void hardLimitOfTheLoadCountsOnlyWithoutABreak() {
        Throttle strict = throttle(SOFT, new Limits(Duration.ZERO, 200, 0, 0, 0, 0));
        running = 201;
        assertThat(strict.critical()).isEmpty();
        pass(Throttle.PEAK.minusSeconds(1));
        assertThat(strict.critical()).isEmpty();
        running = 200;
        pass(Duration.ofSeconds(1));
        assertThat(strict.critical()).isEmpty();
        running = 201;
        pass(Duration.ofSeconds(1));
        assertThat(strict.critical()).isEmpty();
        pass(Throttle.PEAK);
        assertThat(strict.critical()).isEqualTo("the database runs 201 statements > 200 for 10 s");
    }

    @Test
    void hardLimitOfTheLoadStartsAgainAfterAPause() {
        Throttle strict = throttle(SOFT, new Limits(Duration.ZERO, 200, 0, 0, 0, 0));
        running = 201;
        assertThat(strict.critical()).isEmpty();
        control.pause("lunch", "ann");
        pass(Throttle.PEAK);
        assertThat(strict.critical()).isEmpty();
        control.resume("ann");
        pass(Duration.ofSeconds(1));
        assertThat(strict.critical()).as("a peak of a moment").isEmpty();
        pass(Throttle.PEAK);
        assertThat(strict.critical()).isNotEmpty();
    }

    @Test
    void loadOutsideTheRunWindowsStopsNothing() {
        Throttle strict = throttle(SOFT, new Limits(Duration.ZERO, 200, 0, 0, 0, 0));
        control.set("RUN_WINDOWS", "Fri 22:00-23:00", "ann");
        running = 201;
        assertThat(strict.critical()).isEmpty();
        pass(Throttle.PEAK);
        assertThat(strict.critical()).isEmpty();
    }

    @Test
    void replicaThatLagsBeyondTheHardLimitStopsTheRun() {
        Throttle strict = throttle(SOFT, new Limits(Duration.ofSeconds(60), 0, 0, 0, 0, 0));
        clock.advance(Duration.ofSeconds(61));
        lag.written(lag.now());
        assertThat(strict.critical()).isEmpty();
        clock.advance(Throttle.PEAK);
        lag.written(lag.now());
        assertThat(strict.critical()).isEqualTo("replica r lags 71.0 s > 60.0 for 10 s");
    }

    @Test
    void failuresOfTheRunStopItUntilSomebodyAcceptsThem() {
        Throttle strict = throttle(SOFT, new Limits(Duration.ZERO, 0, 0, 0, 50, 100));
        totals = new RecordTotals(900, 0, 0, 101);
        assertThat(strict.critical()).isEqualTo("101 records failed in this run > 100");
        control.set(AcceptedFailures.NAME, new AcceptedFailures(1, new Share(101, 1_001)).toString(), "producer");
        pass(Duration.ofSeconds(5));
        assertThat(strict.critical()).isEmpty();
        totals = new RecordTotals(900, 0, 0, 1_601);
        pass(Duration.ofSeconds(5));
        assertThat(strict.critical())
                .isEqualTo(
                        "100.0 % of the records failed since the run was continued > 50 %; 1,500 records failed since"
                                + " the run was continued > 100");
    }

    @Test
    void acceptedFailuresOfAnotherRunDoNotCount() {
        Throttle strict = throttle(SOFT, new Limits(Duration.ZERO, 0, 0, 0, 0, 100));
        control.set(AcceptedFailures.NAME, new AcceptedFailures(2, new Share(500, 500)).toString(), "producer");
        totals = new RecordTotals(0, 0, 0, 101);
        assertThat(strict.critical()).isNotEmpty();
    }
}
