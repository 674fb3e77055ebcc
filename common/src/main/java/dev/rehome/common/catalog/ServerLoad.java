package dev.rehome.common.catalog;

/** How busy the database server is. Safe for use by several threads. */
@FunctionalInterface
public interface ServerLoad {
    /** Statements that run at this moment, ours included. */
    int threadsRunning();
}
