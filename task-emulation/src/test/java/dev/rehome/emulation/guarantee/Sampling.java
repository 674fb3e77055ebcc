package dev.rehome.emulation.guarantee;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Looks again and again on a thread of its own. A look that meets a server struck down by the test doesn't count; any
 * other trouble ends the looks, and {@link #close} tells it, for a guarantee that nobody watches any more proves nothing.
 */
final class Sampling implements AutoCloseable {
    /** One look. */
    @FunctionalInterface
    interface Look {
        void take() throws SQLException;
    }

    private final Look look;
    private final long periodMillis;
    private final Thread thread;
    private volatile boolean stopped;
    private volatile Throwable failure;

    /** Begins. */
    Sampling(String name, long periodMillis, Look look) {
        this.look = look;
        this.periodMillis = periodMillis;
        this.thread = new Thread(this::work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void work() {
        try {
            while (!stopped) {
                try {
                    look.take();
                } catch (SQLException | JedisException away) {
                    // Struck down; the next look counts.
                }
                TimeUnit.MILLISECONDS.sleep(periodMillis);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (Throwable unexpected) {
            failure = unexpected;
        }
    }

    /** Ends when the look under way has ended; fails if a look failed. */
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
