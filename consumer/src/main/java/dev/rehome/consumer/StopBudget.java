package dev.rehome.consumer;

import java.time.Duration;

/**
 * How the time between SIGTERM and SIGKILL is spent: let batches finish, give the rest back, close what is open. The
 * heartbeat lives through the first two.
 *
 * @param stopTimeout the whole of it
 */
record StopBudget(Duration stopTimeout) {
    private static final Duration END_OF_THE_JVM = Duration.ofSeconds(1);

    /** After this the process ends whatever is still open: a second is kept for the JVM's own end. */
    Duration patience() {
        return stopTimeout.minus(END_OF_THE_JVM);
    }

    /** For batches to finish. */
    Duration finishing() {
        return draining().multipliedBy(2).dividedBy(3);
    }

    /** For the rest to be given back: that is a few short calls, but the queue may be slow just now. */
    Duration givingBack() {
        return draining().dividedBy(4);
    }

    /** A fifth is kept for closing connections. */
    private Duration draining() {
        return stopTimeout.multipliedBy(4).dividedBy(5).minus(END_OF_THE_JVM);
    }
}
