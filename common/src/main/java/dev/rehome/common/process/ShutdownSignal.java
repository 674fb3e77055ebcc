package dev.rehome.common.process;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * SIGTERM and Ctrl-C as something that loops can wait on. Safe for use by any thread.
 *
 * <p>The JVM halts when its shutdown hooks return, so the hook waits until {@link #finished} was called: what has to be
 * given back or closed gets its time. The caller bounds that time.
 */
public final class ShutdownSignal {
    private static final int THE_SIGNALS = -1;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final AtomicInteger exitCode = new AtomicInteger(THE_SIGNALS);

    /** Listens to the process' signals; {@code patience} bounds how long the end may take. */
    public void install(Duration patience) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            request();
                            try {
                                if (!finished.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                                    System.err.println(
                                            "Not finished within " + patience.toSeconds() + " s: ending now");
                                }
                            } catch (InterruptedException hurried) {
                                Thread.currentThread().interrupt();
                            }
                            if (exitCode.get() != THE_SIGNALS) {
                                System.out.flush();
                                Runtime.getRuntime().halt(exitCode.get());
                            }
                        },
                        "shutdown"));
    }

    /** Asks everything to stop; repeatable. */
    public void request() {
        asked.countDown();
    }

    /** Whether a stop was asked for. */
    public boolean isRequested() {
        return asked.getCount() == 0;
    }

    /** Waits, but no longer than until a stop is asked for; answers whether one is. */
    public boolean await(Duration atMost) {
        try {
            return asked.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            request();
            return true;
        }
    }

    /** Sets the exit code of a process whose work was complete when the signal came; otherwise it is the signal's, 143. */
    public void exitWith(int code) {
        exitCode.set(code);
    }

    /** Says that all is given back and closed: the process may end. */
    public void finished() {
        finished.countDown();
    }
}
