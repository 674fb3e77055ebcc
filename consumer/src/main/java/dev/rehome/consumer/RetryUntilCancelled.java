package dev.rehome.consumer;

import dev.rehome.common.Unavailable;
import dev.rehome.common.process.Backoff;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats a call while the queue or the database is unavailable, until the work is cancelled. */
record RetryUntilCancelled(BooleanSupplier cancelled) {
    private static final Logger LOG = LoggerFactory.getLogger(RetryUntilCancelled.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    /** The result of the call; empty if the work was cancelled before there was one. It is made at least once. */
    <T> Optional<T> call(Supplier<T> call) {
        for (int failures = 1; ; failures++) {
            try {
                return Optional.of(call.get());
            } catch (Unavailable failure) {
                if (cancelled.getAsBoolean()) {
                    LOG.warn("{}; not retrying, because the batch was cancelled", failure.getMessage());
                    return Optional.empty();
                }
                Duration wait = BACKOFF.delay(failures);
                LOG.warn("{}; retrying in {} ms", failure.getMessage(), wait.toMillis());
                if (!sleep(wait)) {
                    return Optional.empty();
                }
            }
        }
    }

    private static boolean sleep(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
            return true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
