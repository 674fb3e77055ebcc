package dev.rehome.common.queue;

import java.time.Duration;
import java.util.Map;

/**
 * What every process reads each second or two, and what the consumers tell of themselves. Informative: no decision
 * about rows or objects rests on it. Safe for use by any thread.
 */
public interface ControlChannel {
    /** Whether an operator paused the run, with the reason; the empty text when it is not paused. */
    String pauseReason();

    /** Pauses the run until {@link #resume}. */
    void pause(String reason);

    /** Ends a pause. */
    void resume();

    /**
     * Tells the consumers to claim nothing for now.
     *
     * @param reason why; the empty text ends it
     * @param atMost when it ends by itself, so that nobody waits for a producer that died
     */
    void throttle(String reason, Duration atMost);

    /** Why the producer has the consumers claim nothing; the empty text when it doesn't. */
    String throttleReason();

    /** Tells what a consumer does now, in one line; forgotten when {@code status} is empty. */
    void report(String consumer, String status);

    /** What the consumers told last, by name. */
    Map<String, String> consumers();
}
