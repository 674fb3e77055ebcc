package dev.rehome.common.queue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The operators' controls of a run. A change takes effect in all processes within two seconds, survives
 * their restarts, and is recorded with its author. Safe for use by any thread.
 *
 * <p>The queue may lose its data, and the changes with them: the leading producer keeps them in the ledger and restores
 * them. A caller that makes a change on its own restores and saves them too.
 */
public interface OperatorControl {
    /** The name of the hold among the {@link #changes}; its values are those of {@link Hold#toString}. */
    String HOLD = "hold";

    /**
     * Holds the run with {@link Hold.Kind#PAUSED}, in place of another pause or of a drain. Changes and records nothing
     * while the run is being stopped or is stopped.
     *
     * @param reason shown wherever the run's state is shown, never blank
     * @param author who asks for it
     * @return the hold before
     * @throws IllegalArgumentException when the reason is blank
     */
    Optional<Hold> pause(String reason, String author);

    /** The same with {@link Hold.Kind#DRAINING}. */
    Optional<Hold> drain(String reason, String author);

    /**
     * Asks the run's processes to end with {@link Hold.Kind#STOPPING}, in place of a pause or a drain. Changes and records
     * nothing when the run is being stopped already or is stopped.
     *
     * @return the hold before
     * @throws IllegalArgumentException when the reason is blank
     */
    Optional<Hold> stop(String reason, String author);

    /** Turns {@link Hold.Kind#STOPPING} into {@link Hold.Kind#STOPPED}; any other hold stays as it is. */
    void stopped(String author);

    /**
     * Ends any hold. Changes and records nothing when there is none.
     *
     * @return the hold before
     */
    Optional<Hold> resume(String author);

    /**
     * Sets a setting live. The caller has validated the value.
     *
     * @param name the setting's name: upper case, digits and underscores
     * @param value never blank
     * @return the live value before; empty when the setting had its configured one
     * @throws IllegalArgumentException when the name has another form, or the value is blank
     */
    Optional<String> set(String name, String value, String author);

    /**
     * Returns a setting to its configured value. Changes and records nothing when it has that.
     *
     * @return the live value before; empty when the setting had its configured one
     */
    Optional<String> unset(String name, String author);

    /**
     * Records an operator's action that sets nothing, such as a requeue.
     *
     * @param action the command's name: lower case and hyphens
     * @param text the details, never blank
     * @throws IllegalArgumentException when the action has another form, or the text is blank
     */
    void record(String action, String text, String author);

    /** Whether a change of this name was recorded by {@link #record}. */
    static boolean isRecord(String name) {
        return !name.equals(HOLD) && name.matches("[a-z][a-z-]*");
    }

    /** The present state; {@link ControlState#NONE} before the first change and after the queue lost its data. */
    ControlState state();

    /** The latest changes, newest first, at most {@code limit}; the queue keeps about the last thousand. */
    List<Change> changes(int limit);

    /**
     * Replaces state and changes by the ledger's, if the queue's revision is lower: it lost its data, or some of them.
     *
     * @param changes newest first
     * @return whether they were replaced
     */
    boolean restore(ControlState saved, List<Change> changes);

    /**
     * One change.
     *
     * @param revision its number, from 1
     * @param at when, by the queue's clock
     * @param author who made it
     * @param name {@link #HOLD}, the changed setting, or the recorded action
     * @param before the value before; empty when there was none
     * @param after the value after, or the details of the action; empty when there is none
     */
    record Change(long revision, Instant at, String author, String name, String before, String after) {}
}
