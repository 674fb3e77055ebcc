package dev.rehome.producer;

import dev.rehome.common.Unavailable;
import dev.rehome.common.process.Loop;
import dev.rehome.common.queue.Hold;
import dev.rehome.common.queue.OperatorControl;
import dev.rehome.producer.throttle.Throttle;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops the run when a hard limit is exceeded. The stop is recorded like an operator's, so that it takes effect even if
 * this producer dies right afterwards.
 *
 * @param critical the hard limit that is exceeded; empty when none is
 * @param stop why the run is being stopped already
 * @param leads whether this producer holds the lock
 */
record HardLimits(
        Supplier<String> critical, Supplier<Optional<Hold>> stop, OperatorControl control, BooleanSupplier leads)
        implements Loop.Step {
    /** The author of the stop. */
    static final String AUTHOR = "hard limit";

    private static final Logger LOG = LoggerFactory.getLogger(HardLimits.class);

    @Override
    public Duration run() {
        try {
            String reason = critical.get();
            if (!reason.isEmpty() && stop.get().isEmpty() && leads.getAsBoolean()) {
                LOG.error("A hard limit is exceeded, stopping the run: {}", reason);
                control.stop("hard limit: " + reason, AUTHOR);
            }
        } catch (Unavailable trouble) {
            // The other roles log the failure and back off. This role keeps polling to see an operator's stop at once.
            LOG.debug("Can't check the limits: {}", trouble.getMessage());
        }
        return Throttle.RECHECK;
    }
}
