package dev.rehome.common.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.Unavailable;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LoopTest {
    private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    private final AtomicInteger rounds = new AtomicInteger();

    @Test
    void stepIsRepeatedUntilTheLoopIsStopped() throws InterruptedException {
        CountDownLatch three = new CountDownLatch(3);
        Loop loop = new Loop("test", () -> counted(three, Duration.ZERO), failures::add).start();
        assertThat(three.await(60, TimeUnit.SECONDS)).isTrue();
        loop.close();
        int ended = rounds.get();
        loop.close();
        assertThat(rounds).hasValue(ended);
        assertThat(failures).isEmpty();
    }

    @Test
    void stoppingEndsALongPause() throws InterruptedException {
        CountDownLatch one = new CountDownLatch(1);
        try (Loop loop = new Loop("test", () -> counted(one, Duration.ofDays(1)), failures::add).start()) {
            assertThat(one.await(60, TimeUnit.SECONDS)).isTrue();
            loop.stop();
        }
        assertThat(rounds).hasValue(1);
    }

    @Test
    void unavailableServiceIsRetried() throws InterruptedException {
        CountDownLatch three = new CountDownLatch(3);
        Loop loop = new Loop(
                        "test",
                        () -> {
                            counted(three, Duration.ZERO);
                            switch (rounds.get()) {
                                case 1 -> throw new Unavailable("away", null);
                                case 2 -> throw new Unavailable("away");
                                default -> {
                                    return Duration.ofDays(1);
                                }
                            }
                        },
                        failures::add)
                .start();
        assertThat(three.await(60, TimeUnit.SECONDS)).isTrue();
        loop.close();
        assertThat(failures).isEmpty();
    }

    @Test
    void anyOtherFailureEndsTheLoopAndGoesToTheOwner() throws InterruptedException {
        Error fatal = new AssertionError("broken");
        Loop loop = new Loop(
                        "test",
                        () -> {
                            rounds.incrementAndGet();
                            throw fatal;
                        },
                        failures::add)
                .start();
        assertThat(failures.poll(60, TimeUnit.SECONDS)).isSameAs(fatal);
        loop.close();
        assertThat(rounds).hasValue(1);
    }

    @Test
    void stepMayCloseItsOwnLoop() throws InterruptedException {
        CountDownLatch one = new CountDownLatch(1);
        AtomicReference<Loop> self = new AtomicReference<>();
        CountDownLatch known = new CountDownLatch(1);
        self.set(new Loop(
                "test",
                () -> {
                    await(known);
                    self.get().close();
                    return counted(one, Duration.ZERO);
                },
                failures::add));
        known.countDown();
        self.get().start();
        assertThat(one.await(60, TimeUnit.SECONDS)).isTrue();
        self.get().close();
        assertThat(rounds).hasValue(1);
    }

    @Test
    void closeWaitsNoLongerThanItsTimeForABlockedStep() throws InterruptedException {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Loop loop = new Loop(
                        "test",
                        () -> {
                            blocked.countDown();
                            await(end);
                            return Duration.ZERO;
                        },
                        failures::add)
                .start();
        assertThat(blocked.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(loop.close(Duration.ofMillis(1))).isFalse();
        end.countDown();
        assertThat(loop.close(Duration.ofMinutes(1))).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private Duration counted(CountDownLatch latch, Duration pause) {
        rounds.incrementAndGet();
        latch.countDown();
        return pause;
    }
}
