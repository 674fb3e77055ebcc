package dev.rehome.producer.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunWindowsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T21:59:59, false",
        "2026-11-20T22:00, true",
        "2026-11-21T05:59:59, true",
        "2026-11-21T06:00, false",
        "2026-11-22T00:00, true",
        "2026-11-22T23:59:59, true",
        "2026-11-23T00:00, false"
    })
    void windowAcrossMidnightBelongsToTheDayOnWhichItStarts(LocalDateTime time, boolean open) {
        // 2026-11-20 is a Friday.
        RunWindows windows = windows("Mon-Fri 22:00-06:00; Sun 00:00-24:00");
        assertThat(windows.isOpen(at(time))).isEqualTo(open);
    }

    @Test
    void nextChangeSkipsBoundariesBetweenWindowsThatTouch() {
        RunWindows windows = windows("Sat 00:00-24:00; Sun 00:00-24:00; Sun 20:00-22:00");
        assertThat(windows.nextChange(at("2026-11-21T12:00"))).contains(at("2026-11-23T00:00"));
        assertThat(windows.nextChange(at("2026-11-23T00:00"))).contains(at("2026-11-28T00:00"));
    }

    @Test
    void windowsThatCoverTheWeekNeverChange() {
        RunWindows windows = windows("Mon-Sun 00:00-24:00");
        assertThat(windows.isOpen(at("2026-11-21T12:00"))).isTrue();
        assertThat(windows.nextChange(at("2026-11-21T12:00"))).isEmpty();
    }

    @Test
    void dayRangeMayWrapAroundTheEndOfTheWeek() {
        RunWindows windows = windows("Sat-Mon 10:00-11:00");
        assertThat(windows.isOpen(at("2026-11-21T10:30"))).isTrue();
        assertThat(windows.isOpen(at("2026-11-23T10:30"))).isTrue();
        assertThat(windows.isOpen(at("2026-11-24T10:30"))).isFalse();
    }

    @Test
    void springForwardMovesASkippedStartByTheGap() {
        // 2026-03-29, 02:00 becomes 03:00 in Berlin.
        RunWindows windows = windows("Sun 02:30-04:00");
        assertThat(windows.nextChange(at("2026-03-29T00:00"))).contains(Instant.parse("2026-03-29T01:30:00Z"));
        assertThat(windows.nextChange(at("2026-03-29T03:45"))).contains(Instant.parse("2026-03-29T02:00:00Z"));
    }

    @Test
    void fallBackLengthensTheNightThatContainsIt() {
        // 2026-10-25, 03:00 becomes 02:00 in Berlin.
        RunWindows windows = windows("Sat 22:00-06:00");
        assertThat(windows.nextChange(at("2026-10-24T21:00"))).contains(Instant.parse("2026-10-24T20:00:00Z"));
        assertThat(windows.nextChange(at("2026-10-25T04:00"))).contains(Instant.parse("2026-10-25T05:00:00Z"));
    }

    @Test
    void reasonNamesTheNextOpening() {
        assertThat(windows("Mon-Fri 22:00-06:00").reason(at("2026-11-21T12:00")))
                .contains("outside the run windows, which open next at Mon 2026-11-23 22:00 Europe/Berlin");
        assertThat(windows("Mon-Fri 22:00-06:00").reason(at("2026-11-20T23:00")))
                .isEmpty();
    }

    @Test
    void withoutWindowsTheRunMayAlwaysWork() {
        assertThat(new RunWindows(List.of(), BERLIN).isOpen(Instant.EPOCH)).isTrue();
        assertThat(new RunWindows(List.of(), BERLIN).nextChange(Instant.EPOCH)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "always",
                ";",
                "Mon 22:00",
                "Mon-Xyz 22:00-06:00",
                "Mon 22:00-25:00",
                "Mon 24:00-06:00",
                "Mon22:00-06:00"
            })
    void otherTextsAreRejected(String text) {
        assertThatThrownBy(() -> RunWindows.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Expected ");
    }

    private static RunWindows windows(String text) {
        return new RunWindows(RunWindows.parse(text), BERLIN);
    }

    private static Instant at(String local) {
        return at(LocalDateTime.parse(local));
    }

    private static Instant at(LocalDateTime local) {
        return local.atZone(BERLIN).toInstant();
    }
}
