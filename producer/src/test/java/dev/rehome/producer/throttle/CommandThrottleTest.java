package dev.rehome.producer.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Rejected;
import dev.rehome.common.TestClock;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.MemoryDatabase;
import dev.rehome.common.queue.MemoryOperatorControl;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandThrottleTest {
    private final TestClock clock = new TestClock();
    private final MemoryOperatorControl control = new MemoryOperatorControl(clock);

    private CommandThrottle throttle() {
        return new CommandThrottle(
                new MemoryDatabase(new TargetKeyRule("old", "new", KeyLayout.PREFIX), 3, clock).open(),
                new ThrottleSettings(
                        Limits.NONE, Limits.NONE, List.of(), new RunWindows(List.of(), ZoneId.of("UTC")), false),
                control::state,
                clock,
                clock,
                "rollback");
    }

    private String later(CommandThrottle throttle) {
        clock.advance(Duration.ofSeconds(2));
        return throttle.reason();
    }

    @Test
    void holdOfTheRunDoesNotHoldTheCommandButALaterOneDoes() {
        control.pause("to roll back", "ann");
        try (CommandThrottle throttle = throttle()) {
            assertThat(throttle.reason()).isEmpty();
            control.pause("the application is slow", "ann");
            assertThat(later(throttle)).isEqualTo("paused: the application is slow");
            control.resume("ann");
            assertThat(later(throttle)).isEmpty();
            control.pause("to roll back", "ann");
            assertThat(later(throttle)).isEqualTo("paused: to roll back");
        }
    }

    @Test
    void limitsAndWindowsThatAreSetLiveApply() {
        try (CommandThrottle throttle = throttle()) {
            assertThat(throttle.reason()).isEmpty();
            control.set("RUN_WINDOWS", "Sat 22:00-23:00", "ann");
            assertThat(later(throttle)).contains("outside the run windows");
        }
    }

    @Test
    void stopEndsTheCommand() {
        try (CommandThrottle throttle = throttle()) {
            control.stop("enough", "ann");
            assertThatThrownBy(() -> later(throttle))
                    .isInstanceOf(Rejected.class)
                    .hasMessageContaining("stopping: enough");
        }
    }
}
