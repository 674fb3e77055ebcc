package dev.rehome.common.queue;

import dev.rehome.common.settings.Setting;

/**
 * The copies of all consumers together: how many may start, and how the store served them. While no run is in progress, a
 * purge takes its deletions from the same bucket. Safe for use by any thread.
 */
public interface FleetCopies {
    /** The setting of {@link #take}'s limit; 0 for none. */
    Setting<Integer> MAX_PER_SECOND = Setting.integer(
                    "MAX_COPIES_PER_SECOND",
                    "Copies that all consumers together may start per second; no limit when 0. The consumers share it by"
                            + " asking Redis, so no copy starts while Redis is down. In any one second at most a fifth"
                            + " more than the limit start.",
                    0,
                    1_000_000)
            .or(0);

    /**
     * Takes starts of copies from the fleet's bucket. It fills at {@code perSecond} and holds a tenth of a second's worth,
     * at least one: within any second, at most that much more than {@code perSecond} is given out.
     *
     * @param wanted how many, at least 1
     * @param perSecond the limit, at least 1; the same for all consumers
     * @return how many may start now, from 0 to {@code wanted}
     */
    int take(int wanted, int perSecond);

    /** Counts copies that ended. */
    void ended(Tries tries);

    /** The copies of all consumers that ended in about the last minute. */
    Tries lastMinute();

    /**
     * Copies that ended.
     *
     * @param all each try of a copy, however it ended
     * @param throttled those that the store rejected because it wants fewer requests
     */
    record Tries(long all, long throttled) {
        /** None at all. */
        public static final Tries NONE = new Tries(0, 0);

        public Tries {
            if (throttled < 0 || all < throttled) {
                throw new IllegalArgumentException("Expected 0 <= throttled <= all, got " + throttled + " and " + all);
            }
        }
    }
}
