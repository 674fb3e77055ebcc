package dev.rehome.common.catalog;

/**
 * Remembers that the services of a completed run still have to be scaled to zero. A producer that dies between completing
 * the run and scaling must not start another run: there might be no consumer left for it. Safe for use by several
 * threads.
 */
public interface PendingScaleDown {
    /** Marks the run that is about to be completed. Repeatable. */
    void due(int run);

    /** Whether the latest run is complete and its services haven't been scaled to zero yet. */
    boolean isDue();

    /** Clears the mark: the services are at zero. Repeatable. */
    void done();
}
