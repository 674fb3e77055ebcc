package dev.rehome.producer.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.queue.RunControl;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private final Control control = new Control();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private int running = 1;
    private final Throttle throttle = new Throttle(() -> running, control, () -> now, 50);

    @Test
    void nothingHoldsAQuietServer() {
        assertThat(throttle.reason()).isEmpty();
    }

    @Test
    void allReasonsAreTold() {
        running = 61;
        control.pause("deploy");

        assertThat(throttle.reason()).isEqualTo("paused: deploy; MariaDB runs 61 statements > 50");
    }

    @Test
    void factsAreAskedForOnceASecond() {
        throttle.reason();
        running = 61;
        assertThat(throttle.reason()).isEmpty();

        now = now.plusSeconds(1);

        assertThat(throttle.reason()).isNotEmpty();
    }

    @Test
    void endsByItself() {
        running = 61;
        throttle.reason();
        running = 2;
        now = now.plusSeconds(1);

        assertThat(throttle.reason()).isEmpty();
    }

    private static final class Control implements RunControl {
        private String reason = "";

        @Override
        public String pauseReason() {
            return reason;
        }

        @Override
        public void pause(String why) {
            reason = why;
        }

        @Override
        public void resume() {
            reason = "";
        }

        @Override
        public void report(String consumer, String status) {
            throw new AssertionError("a throttle reports nothing");
        }

        @Override
        public Map<String, String> consumers() {
            return Map.of();
        }
    }
}
