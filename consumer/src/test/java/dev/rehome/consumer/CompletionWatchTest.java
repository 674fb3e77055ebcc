package dev.rehome.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.MemoryDatabase;
import dev.rehome.common.catalog.RunLedger;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CompletionWatchTest {
    private final TestClock time = new TestClock();
    private String hold = "";
    private int reads;
    private final RunLedger runs = new MemoryDatabase(new TargetKeyRule("old", "new", KeyLayout.PREFIX), 10, time)
            .open()
            .runs();
    private int exits;
    private final CompletionWatch watch = new CompletionWatch(runs, this::hold, time, true, () -> exits++);

    @Test
    void claimsAreNotHeldWithoutAReason() {
        assertThat(watch.isHeld()).isFalse();
    }

    @Test
    void pauseHoldsClaimsUntilItEnds() {
        hold = "paused: deploy";
        assertThat(heldLater()).isTrue();
        time.advance(Duration.ofDays(1));
        assertThat(watch.isHeld()).isTrue();
        hold = "";
        assertThat(heldLater()).isFalse();
    }

    @Test
    void throttleHoldsClaimsWhileItLasts() {
        hold = "replica r is 9.0 s behind";
        assertThat(heldLater()).isTrue();
        hold = "";
        assertThat(heldLater()).isFalse();
    }

    @Test
    void healthCheckNeverWaitsForTheQueue() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        CompletionWatch slow = new CompletionWatch(
                runs,
                () -> {
                    asked.countDown();
                    await(answered);
                    return "paused: deploy";
                },
                time,
                true,
                () -> {});
        CompletableFuture<Boolean> claiming = CompletableFuture.supplyAsync(slow::isHeld);
        asked.await();
        assertThat(CompletableFuture.supplyAsync(slow::held).get(20, TimeUnit.SECONDS))
                .isEmpty();
        answered.countDown();
        assertThat(claiming.get(20, TimeUnit.SECONDS)).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void reasonIsReadOnceASecond() {
        watch.isHeld();
        int before = reads;
        watch.isHeld();
        assertThat(reads).isEqualTo(before);
        heldLater();
        assertThat(reads).isEqualTo(before + 1);
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
        CompletionWatch later = new CompletionWatch(runs, this::hold, time, true, () -> exits++);
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

    private String hold() {
        reads++;
        return hold;
    }

    private boolean heldLater() {
        time.advance(Duration.ofSeconds(1));
        return watch.isHeld();
    }
}
