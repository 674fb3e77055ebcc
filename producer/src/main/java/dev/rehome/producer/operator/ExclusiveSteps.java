package dev.rehome.producer.operator;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.LeaderLock;
import dev.rehome.common.process.Retries;
import dev.rehome.producer.throttle.Throttle;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The steps of a command that changes rows or objects while no producer may run. Each step waits for the throttle and holds
 * the producer's lock. For one thread, except for {@link #patiently}.
 *
 * @param throttle returns why nothing may be changed now; empty when it may
 * @param log receives lines for people
 */
record ExclusiveSteps(LeaderLock lock, Supplier<String> throttle, Retries retries, Consumer<String> log) {
    private static final Duration LOCK_WAIT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /**
     * Does the work of one step, and repeats it for two minutes while a service is unavailable.
     *
     * @throws Rejected when another process holds the lock
     */
    <T> T run(Supplier<T> work) {
        awaitThrottle();
        return patiently(() -> {
            requireLock();
            return work.get();
        });
    }

    /** Repeats a call for two minutes while a service is unavailable. Safe for use by any thread. */
    <T> T patiently(Supplier<T> call) {
        return retries.call(call, (failures, elapsed, trouble) -> {
            if (failures == 1) {
                log.accept(trouble.getMessage() + "; trying again for two minutes");
            }
            return elapsed.compareTo(PATIENCE) >= 0;
        });
    }

    private void requireLock() {
        if (!lock.acquire(LOCK_WAIT)) {
            throw new Rejected(
                    "A producer holds the lock of this migration, or another command that changes it. Stop it,"
                            + " then repeat this command");
        }
    }

    private void awaitThrottle() {
        String waiting = "";
        String reason = throttle.get();
        while (!reason.isEmpty()) {
            if (!reason.equals(waiting)) {
                log.accept("Waiting: " + reason);
                waiting = reason;
            }
            if (retries.pause().test(Throttle.RECHECK)) {
                throw new Unavailable("Stopped while waiting: " + reason);
            }
            reason = throttle.get();
        }
    }
}
