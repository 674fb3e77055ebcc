package dev.rehome.common.catalog;

/**
 * A note in the database that the services of a complete run are still to be scaled to zero: a producer that dies
 * between the two must not begin another run, for which no consumer might be left. Safe for use by several threads.
 */
public interface PendingScaleDown {
    /** Notes it for a run that is about to be completed; repeatable. */
    void due(int run);

    /** Whether the latest run is complete and its services are not known to be at zero. */
    boolean isDue();

    /** Notes that the services are at zero; repeatable. */
    void done();
}
