package dev.rehome.consumer;

import java.time.Duration;

/**
 * Divides the time between SIGTERM and SIGKILL: batches finish, the others are released, connections are closed. The
 * heartbeat runs during the first two.
 *
 * @param total the whole of it
 */
record ShutdownTimeouts(Duration total) {
    private static final Duration JVM_EXIT = Duration.ofSeconds(1);

    /** The time until the process exits, even if connections are still open. */
    Duration untilExit() {
        return total.minus(JVM_EXIT);
    }

    /** The time for batches to finish. */
    Duration finishing() {
        return draining().multipliedBy(2).dividedBy(3);
    }

    /** The time to release the other batches: a few short calls, but the queue may be slow. */
    Duration releasing() {
        return draining().dividedBy(4);
    }

    /** A fifth of the time is for closing connections. */
    private Duration draining() {
        return total.multipliedBy(4).dividedBy(5).minus(JVM_EXIT);
    }
}
