package dev.rehome.producer.operator;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.LeaderLock;
import dev.rehome.common.process.Retries;
import dev.rehome.common.process.WaitLog;
import dev.rehome.producer.throttle.Throttle;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The steps of a command that changes rows or objects while no producer may run. Each step waits for the throttle and holds
 * the producer's lock; none begins once the command is asked to stop. For one thread, except for {@link #patiently}.
 */
final class ExclusiveSteps {
    /** The lock is held elsewhere; the beginning of a message. */
    static final String LOCKED = "A producer or another command holds the lock of this migration";

    private static final Duration LOCK_WAIT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(30);

    private final LeaderLock lock;
    private final Supplier<String> throttle;
    private final Retries retries;
    private final BooleanSupplier stopping;
    private final Consumer<String> log;
    private final WaitLog waits;

    /**
     * @param throttle returns why nothing may be changed now; empty when it may
     * @param stopping whether the command is asked to stop
     * @param log receives lines for people
     */
    ExclusiveSteps(
            LeaderLock lock,
            Supplier<String> throttle,
            Retries retries,
            BooleanSupplier stopping,
            Consumer<String> log) {
        this.lock = lock;
        this.throttle = throttle;
        this.retries = retries;
        this.stopping = stopping;
        this.log = log;
        this.waits = new WaitLog(
                BETWEEN_LINES,
                retries.clock(),
                reason -> log.accept("Waiting: " + reason),
                () -> log.accept("Continuing: no reason to wait is left"));
    }

    /**
     * Does the work of one step, and repeats it for two minutes while a service is unavailable.
     *
     * @throws Rejected when another process holds the lock
     * @throws Unavailable also when the command is asked to stop
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
        if (stopping.getAsBoolean()) {
            throw new Unavailable("Stopped");
        }
        return retries.call(call, (failures, elapsed, trouble) -> {
            if (failures == 1) {
                log.accept(trouble.getMessage() + "; retrying for two minutes");
            }
            return elapsed.compareTo(PATIENCE) >= 0;
        });
    }

    /** Waits; throws {@link Unavailable} when the command is asked to stop meanwhile. */
    void pause(Duration time) {
        if (retries.pause().test(time)) {
            throw new Unavailable("Stopped");
        }
    }

    private void requireLock() {
        if (!lock.acquire(LOCK_WAIT)) {
            throw new Rejected(LOCKED + ". Stop it, then repeat this command");
        }
    }

    private void awaitThrottle() {
        String reason = patiently(throttle);
        waits.reason(reason);
        while (!reason.isEmpty()) {
            pause(Throttle.RECHECK);
            reason = patiently(throttle);
            waits.reason(reason);
        }
    }
}
