package dev.rehome.common.catalog;

/** The load of the database server. Safe for use by several threads. */
public interface ServerLoad {
    /** The current load. */
    Reading read();

    /** The number of replicas that are connected to the server now. */
    int replicas();

    /**
     * The load at one moment.
     *
     * @param runningStatements statements that are executing, including our own
     * @param lockWaits statements that wait for a row lock, including our own
     */
    record Reading(int runningStatements, int lockWaits) {}
}
