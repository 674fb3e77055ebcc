package dev.rehome.emulation.guarantee;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Checks something periodically on a thread of its own. A check that fails because a server is down is ignored; any
 * other failure ends the sampling and is reported by {@link #close}, because an unwatched guarantee proves nothing.
 */
final class Sampling implements AutoCloseable {
    /** One check. */
    @FunctionalInterface
    interface Check {
        void run() throws SQLException;
    }

    private final Check check;
    private final long periodMillis;
    private final Thread thread;
    private volatile boolean stopped;
    private volatile Throwable failure;

    /** Starts; the pause between two checks is the period, or the duration of the last check if that is longer. */
    Sampling(String name, long periodMillis, Check check) {
        this.check = check;
        this.periodMillis = periodMillis;
        this.thread = new Thread(this::work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void work() {
        try {
            while (!stopped) {
                long start = System.nanoTime();
                try {
                    check.run();
                } catch (SQLException | JedisException away) {
                    // An injected fault made a server unavailable; the next check repeats this one.
                }
                // Checking a large table takes long: leave at least half of the time to the migration.
                long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                TimeUnit.MILLISECONDS.sleep(Math.max(periodMillis, took));
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (Throwable unexpected) {
            failure = unexpected;
        }
    }

    /** Waits for the check in progress; throws if a check failed. */
    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw new AssertionError(thread.getName() + " failed", failure);
        }
    }
}
