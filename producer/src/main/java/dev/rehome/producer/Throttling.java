package dev.rehome.producer;

import dev.rehome.common.process.Loop;
import dev.rehome.common.queue.ControlChannel;
import dev.rehome.producer.progress.Progress;
import dev.rehome.producer.throttle.Throttle;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the consumers and the operator when the run must wait: consumers write to the primary too. What the consumers
 * are told is repeated while it holds and ends by itself soon after, so that nobody waits for a producer that died. An
 * operator's pause they read for themselves.
 */
final class Throttling implements Loop.Step {
    private static final Logger LOG = LoggerFactory.getLogger(Throttling.class);
    /** How long the consumers wait when they hear nothing more. */
    static final Duration LASTS = Duration.ofSeconds(5);

    private final Throttle throttle;
    private final ControlChannel control;
    private final Leadership leadership;
    private final Progress progress;
    private boolean holds;
    private boolean told;

    Throttling(Throttle throttle, ControlChannel control, Leadership leadership, Progress progress) {
        this.throttle = throttle;
        this.control = control;
        this.leadership = leadership;
        this.progress = progress;
    }

    @Override
    public Duration run() {
        String reason = throttle.reason();
        progress.held(reason);
        if (holds == reason.isEmpty()) {
            holds = !reason.isEmpty();
            LOG.info(holds ? "Waiting: {}" : "Going on", reason);
        }
        if (leadership.term() != 0) {
            tell(throttle.strain());
        }
        return Throttle.RECHECK;
    }

    private void tell(String strain) {
        if (!strain.isEmpty()) {
            control.throttle(strain, LASTS);
            told = true;
        } else if (told) {
            control.throttle("", LASTS);
            told = false;
        }
    }
}
