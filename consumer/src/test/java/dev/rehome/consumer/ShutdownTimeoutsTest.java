package dev.rehome.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShutdownTimeoutsTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 5, 30, 120, 3_600})
    void everythingIsReleasedBeforeTheProcessExitsAndThatIsBeforeItIsKilled(int seconds) {
        Duration whole = Duration.ofSeconds(seconds);
        ShutdownTimeouts timeouts = new ShutdownTimeouts(whole);
        Duration givenBack = timeouts.finishing().plus(timeouts.releasing());
        assertThat(givenBack).isLessThan(timeouts.untilExit());
        assertThat(timeouts.untilExit()).isLessThanOrEqualTo(whole.minusSeconds(1));
        assertThat(timeouts.releasing()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 30, 120})
    void releasingLastsForAFewCallsAndClosingForAnUnresponsiveConnection(int seconds) {
        ShutdownTimeouts timeouts = new ShutdownTimeouts(Duration.ofSeconds(seconds));
        assertThat(timeouts.releasing()).isGreaterThanOrEqualTo(Duration.ofMillis(750));
        assertThat(timeouts.untilExit().minus(timeouts.finishing()).minus(timeouts.releasing()))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(seconds).dividedBy(5));
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 120})
    void mostOfTheTimeIsForFinishing(int seconds) {
        ShutdownTimeouts timeouts = new ShutdownTimeouts(Duration.ofSeconds(seconds));
        assertThat(timeouts.finishing())
                .isGreaterThan(Duration.ofSeconds(seconds).dividedBy(2).minusSeconds(1));
    }
}
