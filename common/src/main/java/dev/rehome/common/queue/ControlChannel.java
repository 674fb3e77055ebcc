package dev.rehome.common.queue;

import java.time.Duration;
import java.util.Map;

/**
 * Hints that the processes read from each other every second or two. Informational only: no decision about rows or
 * objects depends on them. Safe for use by any thread.
 */
public interface ControlChannel {

    /**
     * Makes the consumers stop claiming.
     *
     * @param reason why; the empty text ends the throttle
     * @param atMost how long it lasts unless repeated, so that consumers don't wait for a producer that died
     */
    void throttle(String reason, Duration atMost);

    /** Why the producer throttles the consumers; empty when it doesn't. */
    String throttleReason();

    /** Publishes what a consumer is doing; dropped a minute after its last report. */
    void report(String consumer, ConsumerReport report);

    /** The consumers' last reports by the consumers' names, without those that were dropped. */
    Map<String, ConsumerReport> reports();
}
