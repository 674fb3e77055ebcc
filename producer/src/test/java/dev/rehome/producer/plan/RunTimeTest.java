package dev.rehome.producer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.producer.throttle.RunWindows;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class RunTimeTest {
    /** A Saturday. */
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void withoutWindowsTheRunEndsWhenItsWorkIsDone() {
        RunTime time = RunTime.of(7_200, 2, RunWindows.ALWAYS, NOW);
        assertThat(time.work()).isEqualTo(Duration.ofHours(1));
        assertThat(time.end()).contains(Instant.parse("2026-11-21T13:00:00Z"));
    }

    @Test
    void workIsDoneInTheWindowsOnly() {
        RunWindows nights = new RunWindows(RunWindows.parse("Mon-Fri 22:00-02:00"), ZoneId.of("UTC"));
        RunTime time = RunTime.of(6 * 3_600, 1, nights, NOW);
        assertThat(time.end()).contains(Instant.parse("2026-11-25T00:00:00Z"));
    }

    @Test
    void endThatIsYearsAwayIsUnknown() {
        RunWindows hourAWeek = new RunWindows(RunWindows.parse("Mon 00:00-01:00"), ZoneId.of("UTC"));
        assertThat(RunTime.of(10_000 * 3_600.0, 1, hourAWeek, NOW).end()).isEmpty();
    }
}
