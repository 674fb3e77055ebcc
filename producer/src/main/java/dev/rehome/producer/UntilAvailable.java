package dev.rehome.producer;

import dev.rehome.common.Unavailable;
import dev.rehome.common.process.Backoff;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.process.ShutdownSignal;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Retries calls while a service is unavailable. */
record UntilAvailable(ShutdownSignal signal, MonotonicClock clock) {
    private static final Logger LOG = LoggerFactory.getLogger(UntilAvailable.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5));

    /**
     * Retries a call until it succeeds.
     *
     * @throws Unavailable when the process is asked to stop before
     */
    <T> T call(Supplier<T> call) {
        return call(call, Duration.ofMillis(Long.MAX_VALUE));
    }

    /**
     * Retries a call, but for no longer than {@code atMost}.
     *
     * @throws Unavailable when it doesn't succeed in time, or when the process is asked to stop before
     */
    <T> T call(Supplier<T> call, Duration atMost) {
        Duration start = clock.now();
        for (int failures = 1; ; failures++) {
            try {
                return call.get();
            } catch (Unavailable trouble) {
                if (clock.now().minus(start).compareTo(atMost) >= 0) {
                    throw trouble;
                }
                Duration delay = BACKOFF.delay(failures);
                LOG.warn("{}; retrying in {} s", trouble.getMessage(), delay.toSeconds());
                if (signal.await(delay)) {
                    throw trouble;
                }
            }
        }
    }

    /** The same for a call that returns nothing. */
    void run(Runnable call) {
        call(() -> {
            call.run();
            return true;
        });
    }
}
