package dev.rehome.common.process;

import dev.rehome.common.Unavailable;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A named thread that repeats a step until it is told to stop.
 *
 * <p>A step that finds the queue or the catalog unavailable is repeated after a pause that grows from a quarter of a
 * second to ten: such trouble is waited out. Anything else that a step throws ends the loop and is handed to the owner.
 */
public final class Loop implements AutoCloseable {
    /** One round of work; answers how long to pause before the next, zero for at once. */
    @FunctionalInterface
    public interface Step {
        Duration run();
    }

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private final Step step;
    private final Consumer<Throwable> onFailure;

    /**
     * Makes a loop that is not started.
     *
     * @param onFailure gets what ended the loop; runs on the loop's thread
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
        Duration pause = FIRST_PAUSE;
        try {
            while (!stopped()) {
                try {
                    Duration idle = step.run();
                    pause = FIRST_PAUSE;
                    sleep(idle);
                } catch (Unavailable trouble) {
                    LOG.warn("{}: {}; trying again in {} ms", thread.getName(), trouble.getMessage(), pause.toMillis());
                    sleep(pause);
                    pause = longer(pause);
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error fatal) {
            onFailure.accept(fatal);
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    private boolean stopped() {
        return stop.getCount() == 0;
    }

    private void sleep(Duration time) throws InterruptedException {
        if (!time.isZero()) {
            stop.await(time.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Asks the loop to end after its present step; doesn't wait. */
    public void stop() {
        stop.countDown();
    }

    /**
     * Asks the loop to end and waits for its present step, but not longer than told: a server may be silent in the middle
     * of it.
     *
     * @return whether the loop ended
     */
    public boolean close(Duration atMost) {
        stop();
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, atMost.toNanos());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    /** Ends the loop and waits for its present step; called by the step itself, it only asks. */
    @Override
    public void close() {
        stop();
        if (Thread.currentThread() != thread) {
            try {
                thread.join();
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
