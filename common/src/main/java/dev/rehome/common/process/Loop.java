package dev.rehome.common.process;

import dev.rehome.common.Unavailable;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A named thread that repeats a step until it is stopped.
 *
 * <p>A step that throws {@link Unavailable} is repeated with back-off; the first failure is logged, and further ones ever more
 * rarely. Anything else that it throws ends the loop and goes to the owner.
 */
public final class Loop implements AutoCloseable {
    /** One round of work. */
    @FunctionalInterface
    public interface Step {
        /** Does the work and returns how long to pause before the next round. */
        Duration run();
    }

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(10));
    private static final Duration BETWEEN_WARNINGS = Duration.ofSeconds(30);

    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private final Step step;
    private final Consumer<Throwable> onFailure;
    private final LogInterval warnings = new LogInterval(BETWEEN_WARNINGS, MonotonicClock.system());

    /**
     * A loop that isn't started yet.
     *
     * @param onFailure gets the exception or error that ended the loop, on the loop's thread
     */
    public Loop(String name, Step step, Consumer<Throwable> onFailure) {
        this.step = step;
        this.onFailure = onFailure;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    /** Starts the thread. */
    public Loop start() {
        thread.start();
        return this;
    }

    private void run() {
        int failures = 0;
        try {
            while (stop.getCount() > 0) {
                Duration pause;
                try {
                    pause = step.run();
                    if (failures > 1) {
                        LOG.info("{}: working again after {} failures", thread.getName(), failures);
                    }
                    failures = 0;
                } catch (Unavailable unavailable) {
                    pause = BACKOFF.delay(++failures, ThreadLocalRandom.current());
                    if (warnings.isDue(String.valueOf(unavailable.getMessage()), failures == 1)) {
                        LOG.warn("{}: {}; retrying", thread.getName(), unavailable.getMessage());
                    }
                }
                if (!pause.isZero()) {
                    stop.await(pause.toNanos(), TimeUnit.NANOSECONDS);
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error fatal) {
            onFailure.accept(fatal);
        }
    }

    /** Asks the loop to end after its current step; doesn't wait. */
    public void stop() {
        stop.countDown();
    }

    /**
     * Asks the loop to end and waits for its current step, but no longer than {@code atMost}: the step may be blocked by an
     * unresponsive server.
     *
     * @return whether the loop ended
     */
    public boolean close(Duration atMost) {
        stop();
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, atMost.toNanos());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    /** Ends the loop and waits for its current step. When the step itself calls it, it doesn't wait. */
    @Override
    public void close() {
        stop();
        if (Thread.currentThread() != thread) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
