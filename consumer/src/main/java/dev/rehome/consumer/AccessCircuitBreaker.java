package dev.rehome.consumer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one object that is refused to us from a right or a bucket that was taken away: a run of such refusals with no
 * success between opens the circuit, and what was refused is given back instead of reported failed.
 *
 * <p>Only a copy that was made resets the count. A missing object or a refused key shows nothing about our rights: it is
 * told nowhere here, so that a few of them among the refusals hide nothing.
 *
 * <p>After each pause work goes on, on trial, until one more refusal reopens the circuit or a copy closes it. So a bucket
 * in which only missing objects are left is worked to its end: they are reported, and nothing reopens it. What is still
 * refused then stays held until the cause is mended. Safe for use by any thread.
 */
final class AccessCircuitBreaker {
    private static final Logger LOG = LoggerFactory.getLogger(AccessCircuitBreaker.class);
    /** Quarantine in a row that make it look like a policy, not like an object. */
    static final int THRESHOLD = 25;
    /** How long to wait before one batch tries again. */
    static final Duration PAUSE = Duration.ofSeconds(30);

    private final InstantSource time;
    private int refusals;
    private Instant openedAt;

    AccessCircuitBreaker(InstantSource time) {
        this.time = time;
    }

    /** The store refused, and not for the object's sake. */
    synchronized void refused(String message) {
        refusals++;
        if (refusals >= THRESHOLD && openedAt == null) {
            openedAt = time.instant();
            LOG.error(
                    "Access is denied wholesale ({} in a row). Pausing, nothing is reported failed; trying again"
                            + " every {} s. Last: {}",
                    refusals,
                    PAUSE.toSeconds(),
                    message);
        }
    }

    /** The store made a copy for us. */
    synchronized void succeeded() {
        if (refusals >= THRESHOLD - 1) {
            LOG.info("Access is granted again: going on");
        }
        refusals = 0;
        openedAt = null;
    }

    /** Whether work must pause. After each pause it answers no until a refusal reopens it. */
    synchronized boolean holdsClaims() {
        if (openedAt == null) {
            return false;
        }
        // A clock that is set back must not make the pause longer.
        if (Duration.between(openedAt, time.instant()).abs().compareTo(PAUSE) < 0) {
            return true;
        }
        openedAt = null;
        refusals = THRESHOLD - 1;
        return false;
    }

    /** Whether access is denied wholesale. */
    synchronized boolean isOpen() {
        return openedAt != null;
    }
}
