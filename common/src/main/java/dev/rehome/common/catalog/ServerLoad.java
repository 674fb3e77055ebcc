package dev.rehome.common.catalog;

/** How busy the database server is. Safe for use by several threads. */
public interface ServerLoad {
    /** A look at this moment. */
    Reading read();

    /** Replicas that are connected to the server at this moment. */
    int replicas();

    /**
     * What one look showed.
     *
     * @param threadsRunning statements that run, ours included
     * @param lockWaits statements that wait for a row's lock, ours included
     */
    record Reading(int threadsRunning, int lockWaits) {}
}
