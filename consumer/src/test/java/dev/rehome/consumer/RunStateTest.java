package dev.rehome.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.MemoryDatabase;
import dev.rehome.common.queue.ControlChannel;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunStateTest {
    private final TestClock time = new TestClock();
    private final Told told = new Told();
    private final RunState run = new RunState(
            new MemoryDatabase(new TargetKeyRule("old", "new", KeyLayout.PREFIX), 10, time)
                    .open()
                    .runs(),
            told,
            time,
            false,
            () -> {});

    @Test
    void nothingHoldsAnOrdinaryRun() {
        assertThat(run.isHeld()).isFalse();
    }

    @Test
    void operatorsPauseHoldsUntilTheOperatorEndsIt() {
        told.pause = "deploy";
        assertThat(heldLater()).isTrue();
        time.advance(Duration.ofDays(1));
        assertThat(run.isHeld()).isTrue();
        told.pause = "";
        assertThat(heldLater()).isFalse();
    }

    @Test
    void producersThrottleHoldsWhileItIsTold() {
        told.throttle = "replica r is 9.0 s behind";
        assertThat(heldLater()).isTrue();
        told.throttle = "";
        assertThat(heldLater()).isFalse();
    }

    @Test
    void theQueueIsAskedOnceASecond() {
        run.isHeld();
        int asked = told.asked;
        run.isHeld();
        assertThat(told.asked).isEqualTo(asked);
        heldLater();
        assertThat(told.asked).isEqualTo(asked + 1);
    }

    @Test
    void aClockThatIsSetBackHidesNoPause() {
        run.isHeld();
        told.pause = "deploy";
        time.advance(Duration.ofHours(-1));
        assertThat(run.isHeld()).isTrue();
    }

    private boolean heldLater() {
        time.advance(Duration.ofSeconds(1));
        return run.isHeld();
    }

    private static final class Told implements ControlChannel {
        private String pause = "";
        private String throttle = "";
        private int asked;

        @Override
        public String pauseReason() {
            asked++;
            return pause;
        }

        @Override
        public String throttleReason() {
            return throttle;
        }

        @Override
        public void throttle(String reason, Duration atMost) {
            throw new AssertionError("a consumer throttles nobody");
        }

        @Override
        public void report(String consumer, String status) {
            throw new AssertionError("another loop reports");
        }

        @Override
        public Map<String, String> reports() {
            throw new AssertionError("only the producer reads reports");
        }
    }
}
