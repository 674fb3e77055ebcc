package dev.rehome.common.catalog;

import dev.rehome.common.queue.ControlState;
import dev.rehome.common.queue.OperatorControl.Change;
import java.util.List;

/**
 * The operators' changes, kept outside the queue, which may lose its data. The state is the sum of the changes.
 * Safe for use by several threads.
 */
public interface ControlLedger {
    /**
     * Stores changes, in any order; a change whose revision is stored already is left alone. Stores nothing before a
     * producer has prepared the ledger: until then only the queue has them.
     */
    void save(List<Change> changes);

    /** The sum of all changes; {@link ControlState#NONE} without any, or before a producer has prepared the ledger. */
    ControlState state();

    /** The latest changes, newest first, at most {@code limit}. */
    List<Change> changes(int limit);
}
