package dev.rehome.consumer;

import dev.rehome.common.Rejected;
import dev.rehome.common.process.Backoff;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.store.Refusal;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Distinguishes a denied object or folder from a denied store, independently of the order of the keys: after a denial it
 * checks an object that was copied before. If that is still permitted, the denied objects are failed records. If it is
 * denied too, or nothing was ever copied, the circuit opens: their batches are released, and claims pause.
 *
 * <p>While it is open, it repeats the check; as long as nothing was ever copied, single batches are claimed instead, to
 * try other objects. A success closes it. If it stays open too long, the consumer stops. Safe for use by any thread.
 */
final class AccessCircuitBreaker {
    private static final Logger LOG = LoggerFactory.getLogger(AccessCircuitBreaker.class);
    private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
    /** The longest time for which every copy may be denied before the consumer stops with an error. */
    static final Duration OPEN_AT_MOST = Duration.ofMinutes(15);

    private final MonotonicClock clock;
    private final CopiedObjectCheck check;
    private Duration openedAt;
    private Duration pausedAt;
    private int pauses;
    private String lastDenial = "";

    AccessCircuitBreaker(MonotonicClock clock, CopiedObjectCheck check) {
        this.clock = clock;
        this.check = check;
    }

    /** Whether a denial is about the denied object alone. Opens the circuit if it isn't, or if that is unknown. */
    boolean isAboutTheObject(Refusal denial) {
        CopiedObjectCheck.Result result = check.check();
        if (result == CopiedObjectCheck.Result.PERMITTED) {
            close();
            return true;
        }
        open(denial);
        return false;
    }

    private synchronized void open(Refusal denial) {
        lastDenial = denial.message();
        pausedAt = clock.now();
        pauses++;
        if (openedAt == null) {
            openedAt = clock.now();
            LOG.error(
                    "The store denies every copy; pausing claims, no record is marked as failed. Trying again for {}"
                            + " minutes, then stopping. Last: {}",
                    OPEN_AT_MOST.toMinutes(),
                    lastDenial);
        }
    }

    /** A copy succeeded, or would be permitted. */
    synchronized void close() {
        if (openedAt != null) {
            LOG.info("The store permits copies again; claiming batches");
        }
        openedAt = null;
        pauses = 0;
    }

    /**
     * Whether a batch may be claimed. While the circuit is open, that is at most one batch after each pause.
     *
     * @throws Rejected if every copy was denied for too long
     */
    boolean tryAllow() {
        synchronized (this) {
            if (openedAt == null) {
                return true;
            }
            if (clock.now().minus(openedAt).compareTo(OPEN_AT_MOST) >= 0) {
                throw new Rejected("Expected at least one permitted copy within " + OPEN_AT_MOST.toMinutes()
                        + " minutes, but the store denied all: " + lastDenial);
            }
            if (clock.now().minus(pausedAt).compareTo(PAUSES.delay(pauses)) < 0) {
                return false;
            }
            pausedAt = clock.now();
            pauses++;
        }
        return switch (check.check()) {
            case PERMITTED -> {
                close();
                yield true;
            }
            case DENIED -> false;
            case UNKNOWN -> true;
        };
    }

    /** Why claims are paused; empty if they aren't. */
    synchronized Optional<String> reason() {
        return openedAt == null
                ? Optional.empty()
                : Optional.of("the store has denied every copy for "
                        + clock.now().minus(openedAt).toSeconds() + " s. Last: " + lastDenial);
    }
}
