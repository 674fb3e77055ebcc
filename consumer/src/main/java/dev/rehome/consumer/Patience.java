package dev.rehome.consumer;

import dev.rehome.common.Unavailable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats a call while the queue or the catalog is unavailable, until the work is given up. */
record Patience(BooleanSupplier givenUp) {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    private static final long FIRST_MILLIS = 200;
    private static final long LONGEST_MILLIS = 5_000;

    /** The call's answer, or null when the work was given up before there was one. It is made at least once. */
    <T> T until(Supplier<T> call) {
        long wait = FIRST_MILLIS;
        while (true) {
            try {
                return call.get();
            } catch (Unavailable trouble) {
                if (givenUp.getAsBoolean()) {
                    LOG.warn("{}; given up", trouble.getMessage());
                    return null;
                }
                LOG.warn("{}; trying again in {} ms", trouble.getMessage(), wait);
                if (!slept(wait)) {
                    return null;
                }
                wait = Math.min(LONGEST_MILLIS, wait * 2);
            }
        }
    }

    private static boolean slept(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
            return true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
