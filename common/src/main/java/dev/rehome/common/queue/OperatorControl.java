package dev.rehome.common.queue;

import java.time.Instant;
import java.util.List;

/**
 * What an operator changes while a run is in progress. A change takes effect in all processes within two seconds, survives
 * their restarts, and is recorded with its author. Safe for use by any thread.
 */
public interface OperatorControl {
    /** The name of the pause among the {@link #changes}; its value is the reason. */
    String PAUSED = "paused";

    /**
     * Pauses the run: consumers finish the batches that they hold; nothing else is published, claimed or applied.
     *
     * @param reason shown wherever the run's state is shown, never blank
     * @param author who asks for it
     * @return the reason of the pause that this one replaces; empty when the run wasn't paused
     * @throws IllegalArgumentException when the reason is blank
     */
    String pause(String reason, String author);

    /**
     * Ends a pause. Changes and records nothing when the run isn't paused.
     *
     * @return the reason of the pause; empty when the run wasn't paused
     */
    String resume(String author);

    /** The latest changes, newest first, at most {@code limit}; the queue keeps about the last thousand. */
    List<Change> changes(int limit);

    /**
     * One change.
     *
     * @param at when, by the queue's clock
     * @param author who made it
     * @param name what was changed
     * @param before the value before; empty when there was none
     * @param after the value after; empty when there is none
     */
    record Change(Instant at, String author, String name, String before, String after) {}
}
