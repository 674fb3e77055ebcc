package dev.rehome.common.process;

import dev.rehome.common.settings.Setting;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * SIGTERM and Ctrl-C as a condition to wait for. Safe for use by any thread.
 *
 * <p>The JVM halts when its shutdown hooks return. The hook therefore waits for {@link #finished}, so that batches are
 * released and connections closed before.
 */
public final class ShutdownSignal {
    /** The time between SIGTERM and SIGKILL, which the container runtime decides. */
    public static final Setting<Duration> STOP_TIMEOUT = Setting.seconds(
                    "STOP_TIMEOUT_SECONDS",
                    "Time between SIGTERM and SIGKILL; everything is released within it. Set it to what the container"
                            + " runtime grants. Too low: more batches are released unfinished. Higher than granted: the"
                            + " process is killed before it released them, and their leases have to expire.",
                    2,
                    3_600)
            .or(Duration.ofSeconds(30));

    private static final int EXIT_CODE_OF_THE_SIGNAL = -1;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final AtomicInteger exitCode = new AtomicInteger(EXIT_CODE_OF_THE_SIGNAL);
    private final Consumer<Thread> hooks;

    /** A signal that only {@link #request} requests. */
    public ShutdownSignal() {
        this(hook -> {});
    }

    private ShutdownSignal(Consumer<Thread> hooks) {
        this.hooks = hooks;
    }

    /** The signals of this JVM's process; {@link #install} makes it listen to them. */
    public static ShutdownSignal ofThisProcess() {
        return new ShutdownSignal(Runtime.getRuntime()::addShutdownHook);
    }

    /** Listens to the process' signals. The process ends at the latest after {@code timeout}. */
    public void install(Duration timeout) {
        hooks.accept(new Thread(() -> stopWithin(timeout), "shutdown"));
    }

    private void stopWithin(Duration timeout) {
        request();
        try {
            if (!finished.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("Not finished within " + timeout.toSeconds() + " s; exiting");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (exitCode.get() != EXIT_CODE_OF_THE_SIGNAL) {
            System.out.flush();
            Runtime.getRuntime().halt(exitCode.get());
        }
    }

    /** Requests the stop of everything that waits for this signal; repeatable. */
    public void request() {
        requested.countDown();
    }

    /** Whether a stop was requested. */
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits until a stop is requested, at most {@code atMost}. Returns whether one is. */
    public boolean await(Duration atMost) {
        try {
            return requested.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            request();
            return true;
        }
    }

    /** Sets the exit code of a process whose work was complete when the signal came. Otherwise it is the signal's, 143. */
    public void exitWith(int code) {
        exitCode.set(code);
    }

    /** Reports that everything is released and closed: the process may exit. */
    public void finished() {
        finished.countDown();
    }
}
