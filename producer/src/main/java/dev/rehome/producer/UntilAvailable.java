package dev.rehome.producer;

import dev.rehome.common.process.Backoff;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.process.Retries;
import dev.rehome.common.process.ShutdownSignal;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats calls while a service is unavailable, until the process is asked to stop; then the last failure is thrown. */
record UntilAvailable(Retries retries) {
    private static final Logger LOG = LoggerFactory.getLogger(UntilAvailable.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5));

    UntilAvailable(ShutdownSignal signal, MonotonicClock clock) {
        this(new Retries(BACKOFF, clock, signal::await));
    }

    <T> T call(Supplier<T> call) {
        return call(call, Duration.ofMillis(Long.MAX_VALUE));
    }

    /** Gives up after {@code atMost} too. */
    <T> T call(Supplier<T> call, Duration atMost) {
        return retries.call(call, (failures, elapsed, failure) -> {
            boolean isLast = elapsed.compareTo(atMost) >= 0;
            if (!isLast) {
                LOG.warn("{}; retrying", failure.getMessage());
            }
            return isLast;
        });
    }

    void run(Runnable call) {
        call(() -> {
            call.run();
            return true;
        });
    }
}
