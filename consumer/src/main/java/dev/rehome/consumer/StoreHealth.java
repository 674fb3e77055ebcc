package dev.rehome.consumer;

import dev.rehome.common.process.Loop;
import dev.rehome.common.process.MonotonicClock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Distinguishes trouble with the store from trouble with one object: counts the calls that the store serves, and warns when
 * it serves none. As a step of a loop it checks a known object when other objects can't show whether the store works. Safe
 * for use by any thread.
 */
final class StoreHealth implements Loop.Step {
    private static final Logger LOG = LoggerFactory.getLogger(StoreHealth.class);
    static final Duration INTERVAL = Duration.ofSeconds(2);
    /** How long every call must fail before that is reported. */
    static final Duration SOON = Duration.ofSeconds(5);

    static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    private final MonotonicClock clock;
    private final CopiedObjectCheck check;
    private long served;
    private Duration failingSince;
    private Duration lastWarning;
    private String lastFailure = "";

    StoreHealth(MonotonicClock clock, CopiedObjectCheck check) {
        this.clock = clock;
        this.check = check;
    }

    /** The store served a call: it copied, or refused for a reason of its own. */
    synchronized void served() {
        served++;
        if (lastWarning != null) {
            LOG.info("The store serves calls again");
        }
        failingSince = null;
        lastWarning = null;
    }

    /** The store was unavailable for a call. */
    synchronized void failed(String message) {
        lastFailure = message;
        if (failingSince == null) {
            failingSince = clock.now();
        }
    }

    /** How many calls the store has served. */
    synchronized long servedCalls() {
        return served;
    }

    /** For how long, and why, every call has failed; empty while the store serves some. */
    synchronized Optional<String> trouble() {
        return isFailing()
                ? Optional.of("the store has served no call for "
                        + clock.now().minus(failingSince).toSeconds() + " s. Last: " + lastFailure)
                : Optional.empty();
    }

    private boolean isFailing() {
        return failingSince != null && clock.now().minus(failingSince).compareTo(SOON) >= 0;
    }

    /** Checks a known object if every call fails, and warns if that fails as well. */
    @Override
    public Duration run() {
        if (trouble().isPresent() && check.check() == CopiedObjectCheck.Result.PERMITTED) {
            served();
        }
        warn();
        return INTERVAL;
    }

    private synchronized void warn() {
        if (isFailing()
                && (lastWarning == null || clock.now().minus(lastWarning).compareTo(BETWEEN_WARNINGS) >= 0)) {
            LOG.warn(
                    "Nothing is copied: {}. Retrying; no record is marked as failed",
                    trouble().orElseThrow());
            lastWarning = clock.now();
        }
    }
}
