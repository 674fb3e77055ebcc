package dev.rehome.common.queue;

import java.util.Map;

/**
 * What every process reads each second or two, and what the consumers tell of themselves. Informative: no decision
 * about rows or objects rests on it. Safe for use by any thread.
 */
public interface RunControl {
    /** Whether an operator paused the run, with the reason; the empty text when it is not paused. */
    String pauseReason();

    /** Pauses the run until {@link #resume}. */
    void pause(String reason);

    /** Ends a pause. */
    void resume();

    /** Tells what a consumer does now, in one line; forgotten when {@code status} is empty. */
    void report(String consumer, String status);

    /** What the consumers told last, by name. */
    Map<String, String> consumers();
}
