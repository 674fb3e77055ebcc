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

    /** After this the process exits, whatever is still open. */
    Duration untilExit() {
        return total.minus(JVM_EXIT);
    }

    /** For batches to finish. */
    Duration finishing() {
        return draining().multipliedBy(2).dividedBy(3);
    }

    /** For the other batches to be released: a few short calls, but the queue may be slow. */
    Duration releasing() {
        return draining().dividedBy(4);
    }

    /** A fifth of the time is for closing connections. */
    private Duration draining() {
        return total.multipliedBy(4).dividedBy(5).minus(JVM_EXIT);
    }
}
