package dev.rehome.producer.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.LogCapture;
import dev.rehome.common.TestClock;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.queue.QueueDepth;
import dev.rehome.producer.progress.RunSnapshot.Counts;
import dev.rehome.producer.progress.RunSnapshot.Kind;
import dev.rehome.producer.progress.RunSnapshot.Pace;
import dev.rehome.producer.progress.RunSnapshot.Phase;
import dev.rehome.producer.progress.RunSnapshot.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusLineTest {
    private static final Duration PERIOD = Duration.ofSeconds(30);

    private final TestClock clock = new TestClock();
    private final LogCapture log = new LogCapture();
    private RunSnapshot latest = snapshot(Phase.RUNNING, 0);
    private final StatusLine line = new StatusLine(() -> latest, clock, PERIOD);

    private RunSnapshot snapshot(Phase phase, long applied, Reason... reasons) {
        return new RunSnapshot(
                clock.instant(),
                new RunSnapshot.RunInfo(1, Optional.of(Instant.EPOCH), Optional.empty(), 1),
                new RunSnapshot.State(phase, List.of(reasons)),
                new Counts(OptionalLong.of(100_000), 0, 0, RecordTotals.NONE.withMigrated(applied)),
                Pace.UNKNOWN,
                new QueueDepth(0, 0, 0, 0, 0),
                Map.of());
    }

    @AfterEach
    void release() {
        log.close();
    }

    /** As many seconds of the loop; {@code moving}: whether records are applied meanwhile. */
    private void run(Duration time, boolean moving, Phase phase, Reason... reasons) {
        for (long second = 0; second < time.toSeconds(); second++) {
            clock.advance(Duration.ofSeconds(1));
            long applied = latest.counts().applied().total() + (moving ? 5 : 0);
            latest = snapshot(phase, applied, reasons);
            line.run();
        }
    }

    @Test
    void runThatMovesLogsALineEachPeriod() {
        run(Duration.ofMinutes(10), true, Phase.RUNNING);
        assertThat(log.lines()).hasSize(20).allMatch(each -> each.contains("| running | ETA"));
    }

    @Test
    void sixteenIdleHoursAreAHandfulOfLinesAndTheEndOfThePauseIsLoggedSoon() {
        run(Duration.ofHours(16), false, Phase.WAITING, new Reason(Kind.HOLD, "paused: deploy"));
        assertThat(log.lines()).hasSizeLessThan(25).allMatch(each -> each.contains("waiting: paused: deploy"));
        int before = log.lines().size();
        run(Duration.ofMinutes(2), true, Phase.RUNNING);
        assertThat(log.lines()).hasSizeBetween(before + 4, before + 5);
    }

    @Test
    void otherReasonIsLoggedSoonAndAnotherMeasurementIsNot() {
        run(Duration.ofMinutes(250), false, Phase.WAITING, new Reason(Kind.HOLD, "replica r lags 12.4 s"));
        int before = log.lines().size();
        run(Duration.ofMinutes(5), false, Phase.WAITING, new Reason(Kind.HOLD, "replica r lags 9123.8 s"));
        assertThat(log.lines()).hasSize(before);
        run(PERIOD, false, Phase.WAITING, new Reason(Kind.HOLD, "replica r lags 9123.8 s (not responding)"));
        assertThat(log.lines()).hasSize(before + 1);
    }

    @Test
    void troubleIsAWarningSoonAndDoesNotRepeatForEver() {
        Reason trouble = new Reason(Kind.TROUBLE, "no consumer has reported in the last minute");
        run(StatusLine.SOON.minusSeconds(1), false, Phase.RUNNING, trouble);
        assertThat(log.lines()).as("consumers may start later").isEmpty();
        run(Duration.ofSeconds(2), false, Phase.RUNNING, trouble);
        assertThat(log.lines()).singleElement().asString().contains(" WARN ");
        run(Duration.ofHours(16), false, Phase.RUNNING, trouble);
        assertThat(log.lines()).hasSizeLessThan(25);
    }
}
