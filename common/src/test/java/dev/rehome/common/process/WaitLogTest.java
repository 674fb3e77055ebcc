package dev.rehome.common.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitLogTest {
    private final TestClock clock = new TestClock();
    private final List<String> lines = new ArrayList<>();
    private final WaitLog log = new WaitLog(Duration.ofSeconds(30), clock, lines::add, () -> lines.add("resuming"));

    private void after(int seconds, String reason) {
        clock.advance(Duration.ofSeconds(seconds));
        log.reason(reason);
    }

    @Test
    void beginningAndEndAreLoggedAtOnceAndNothingInBetween() {
        after(1, "");
        after(1, "busy");
        after(1, "busier");
        after(100, "busy");
        after(1, "");
        after(1, "");

        assertThat(lines).containsExactly("busy", "resuming");
    }

    @Test
    void repeatedWaitsAreLoggedAsOnePairOfLinesAnInterval() {
        for (int second = 0; second < 60; second++) {
            after(1, second % 2 == 0 ? "busy" : "");
        }

        assertThat(lines).containsExactly("busy", "resuming", "busy (began 15 times in 30 s)", "resuming");
    }

    @Test
    void waitThatBeginsTooEarlyForALineAndLastsIsLoggedOnceOneIsDue() {
        after(1, "busy");
        after(1, "");
        after(1, "full");
        assertThat(lines).containsExactly("busy", "resuming");

        after(30, "full");

        assertThat(lines).containsExactly("busy", "resuming", "full");
    }
}
