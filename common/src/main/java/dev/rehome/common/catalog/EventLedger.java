package dev.rehome.common.catalog;

import java.util.Optional;

/**
 * Records which events of a run the webhook's receiver has, so that a producer that starts again doesn't repeat them. Safe
 * for use by several threads.
 */
public interface EventLedger {
    /** Which events of a run the receiver has; empty while it lacks the run's start, or if the run is unknown. */
    Optional<Sent> sent(int run);

    /** Records which events the receiver has. Repeatable. */
    void sent(int run, Sent sent);

    /**
     * The events of a run that the receiver has.
     *
     * @param revision the last change by an operator that it has, or the one before the first
     * @param end whether it has the event of the run's end
     */
    record Sent(long revision, boolean end) {
        public Sent {
            if (revision < 0) {
                throw new IllegalArgumentException("Expected a revision of 0 or more, got " + revision);
            }
        }
    }
}
