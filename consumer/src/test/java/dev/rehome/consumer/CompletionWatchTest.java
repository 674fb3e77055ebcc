package dev.rehome.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.MemoryDatabase;
import dev.rehome.common.catalog.RunLedger;
import dev.rehome.common.queue.ControlChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CompletionWatchTest {
    private final TestClock time = new TestClock();
    private final Control control = new Control();
    private final RunLedger runs = new MemoryDatabase(new TargetKeyRule("old", "new", KeyLayout.PREFIX), 10, time)
            .open()
            .runs();
    private int exits;
    private final CompletionWatch watch = new CompletionWatch(runs, control, time, true, () -> exits++);

    @Test
    void claimsAreNotHeldWithoutAReason() {
        assertThat(watch.isHeld()).isFalse();
    }

    @Test
    void pauseHoldsClaimsUntilItEnds() {
        control.pause = "deploy";
        assertThat(heldLater()).isTrue();
        time.advance(Duration.ofDays(1));
        assertThat(watch.isHeld()).isTrue();
        control.pause = "";
        assertThat(heldLater()).isFalse();
    }

    @Test
    void throttleHoldsClaimsWhileItLasts() {
        control.throttle = "replica r is 9.0 s behind";
        assertThat(heldLater()).isTrue();
        control.throttle = "";
        assertThat(heldLater()).isFalse();
    }

    @Test
    void controlChannelIsReadOnceASecond() {
        watch.isHeld();
        int reads = control.reads;
        watch.isHeld();
        assertThat(control.reads).isEqualTo(reads);
        heldLater();
        assertThat(control.reads).isEqualTo(reads + 1);
    }

    @Test
    void busyConsumerNeverExits() {
        complete();
        watch.idle(1);
        time.advance(CompletionWatch.NEXT_RUN.multipliedBy(2));
        watch.idle(1);
        assertThat(exits).isZero();
    }

    @Test
    void consumerExitsAtOnceAfterARunThatItTookPartIn() {
        watch.idle(0);
        time.advance(Duration.ofSeconds(5));
        complete();
        time.advance(Duration.ofSeconds(1));
        watch.idle(0);
        assertThat(exits).isOne();
    }

    @Test
    void consumerWaitsForTheNextRunIfTheLatestWasCompleteBeforeItStarted() {
        complete();
        time.advance(Duration.ofSeconds(5));
        CompletionWatch later = new CompletionWatch(runs, control, time, true, () -> exits++);
        later.idle(0);
        time.advance(CompletionWatch.NEXT_RUN.minusSeconds(1));
        later.idle(0);
        assertThat(exits).isZero();
        time.advance(Duration.ofSeconds(1));
        later.idle(0);
        assertThat(exits).isOne();
    }

    private void complete() {
        runs.complete(runs.startOrResume(Optional.empty()).number(), "report");
    }

    private boolean heldLater() {
        time.advance(Duration.ofSeconds(1));
        return watch.isHeld();
    }

    private static final class Control implements ControlChannel {
        private String pause = "";
        private String throttle = "";
        private int reads;

        @Override
        public String pauseReason() {
            reads++;
            return pause;
        }

        @Override
        public String throttleReason() {
            return throttle;
        }

        @Override
        public void throttle(String reason, Duration atMost) {
            throw new AssertionError("a consumer does not throttle");
        }

        @Override
        public Map<String, String> reports() {
            throw new AssertionError("a consumer does not read reports");
        }

        @Override
        public void report(String consumer, String status) {
            throw new AssertionError("another loop reports");
        }
    }
}
