package dev.rehome.producer.operator;

import dev.rehome.common.queue.FleetCopies;
import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * Limits the deletions of a purge per second. Uses the token bucket of the consumers' copies, from which nothing else takes
 * during a purge, because no run is in progress. For one thread.
 *
 * @param perSecond the limit that applies now; 0 for none
 */
record DeletionRate(FleetCopies bucket, IntSupplier perSecond, ExclusiveSteps steps) {
    /** The longest time between the lookup of rows and the deletion of the objects that they might refer to. */
    private static final int LONGEST_WINDOW_SECONDS = 10;

    private static final Duration ASK_AGAIN = Duration.ofMillis(50);

    /** How many objects to look up and delete at a time: at most as many as are deleted in ten seconds. */
    int window(int most) {
        int limit = limit();
        return limit == 0 ? most : (int) Math.min(most, (long) LONGEST_WINDOW_SECONDS * limit);
    }

    /** Waits until at least one object may be deleted; returns how many, at most {@code wanted}. */
    int take(int wanted) {
        while (true) {
            int limit = limit();
            int granted = limit == 0 ? wanted : steps.patiently(() -> bucket.take(wanted, limit));
            if (granted > 0) {
                return granted;
            }
            steps.pause(ASK_AGAIN);
        }
    }

    private int limit() {
        return steps.patiently(perSecond::getAsInt);
    }
}
