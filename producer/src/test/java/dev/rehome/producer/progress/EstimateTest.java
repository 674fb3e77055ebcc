package dev.rehome.producer.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.producer.progress.RunSnapshot.Counts;
import dev.rehome.producer.progress.RunSnapshot.Kind;
import dev.rehome.producer.progress.RunSnapshot.Pace;
import dev.rehome.producer.progress.RunSnapshot.Reason;
import dev.rehome.producer.throttle.RunWindows;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EstimateTest {
    private static final Instant MONDAY_NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final RunWindows NIGHTS = new RunWindows(RunWindows.parse("Mon-Sun 22:00-06:00"), ZoneOffset.UTC);

    private final TestClock clock = new TestClock();

    /** 12,000 records in two minutes. */
    private Pacing pacing() {
        Pacing pacing = new Pacing(clock, Duration.ZERO, 0);
        for (int i = 1; i <= 120; i++) {
            clock.advance(Duration.ofSeconds(1));
            pacing.add(i * 100L, true);
        }
        return pacing;
    }

    private Pace pace(long total, RunWindows windows, Reason... reasons) {
        return Estimate.of(pacing(), counts(total), List.of(reasons), windows, MONDAY_NOON);
    }

    private static Counts counts(long total) {
        return new Counts(OptionalLong.of(total), 12_000, 12_000, RecordTotals.NONE.withMigrated(12_000));
    }

    @Test
    void endIsShownAsDurationAndAsTimeOfDay() {
        Pace pace = pace(372_000, RunWindows.ALWAYS);
        assertThat(pace.left()).contains(Duration.ofHours(1));
        assertThat(pace.end()).contains(MONDAY_NOON.plus(Duration.ofHours(1)));
        assertThat(SnapshotText.eta(pace)).isEqualTo("1 h 0 min (2026-11-23 13:00 UTC)");
    }

    @Test
    void endCountsOnlyTheTimeOfOpenWindows() {
        Reason closed = new Reason(Kind.HOLD, NIGHTS.reason(MONDAY_NOON).orElseThrow());
        Pace pace = pace(12_000 + 100 * 3_600 * 9, NIGHTS, closed);
        assertThat(pace.left()).contains(Duration.ofHours(9));
        assertThat(pace.end()).contains(Instant.parse("2026-11-24T23:00:00Z"));
        assertThat(NIGHTS.endOf(Duration.ofHours(7), Instant.parse("2026-11-23T23:00:00Z"), Instant.MAX))
                .contains(Instant.parse("2026-11-24T06:00:00Z"));
    }

    @Test
    void pausedRunHasWorkLeftButNoEnd() {
        Pace pace = pace(372_000, RunWindows.ALWAYS, new Reason(Kind.HOLD, "paused: deploy"));
        assertThat(pace.left()).contains(Duration.ofHours(1));
        assertThat(pace.end()).isEmpty();
        assertThat(SnapshotText.eta(pace)).isEqualTo("1 h 0 min, end unknown while the run waits: paused: deploy");
    }

    @Test
    void rateOfZeroHasAReason() {
        Pacing stalled = pacing();
        for (int i = 0; i < 310; i++) {
            clock.advance(Duration.ofSeconds(1));
            stalled.add(12_000, true);
        }
        Reason reason = new Reason(Kind.TROUBLE, "no consumer has reported");
        Pace pace = Estimate.of(stalled, counts(20_000), List.of(reason), RunWindows.ALWAYS, MONDAY_NOON);
        assertThat(SnapshotText.eta(pace)).isEqualTo("none at the current rate: no consumer has reported");
    }

    @Test
    void nothingIsEstimatedUntilTheRowsAreCounted() {
        Pace pace = Estimate.of(pacing(), Counts.NONE, List.of(), RunWindows.ALWAYS, MONDAY_NOON);
        assertThat(SnapshotText.eta(pace)).isEqualTo("not known yet: the rows are being counted");
    }
}
