package dev.rehome.common.catalog;

import dev.rehome.common.queue.ControlState;
import dev.rehome.common.queue.OperatorControl.Change;
import java.util.List;

/**
 * What operators changed, kept where the queue's loss of its data doesn't reach. The state is what the changes add up to.
 * Safe for use by several threads.
 */
public interface ControlLedger {
    /**
     * Keeps changes, in any order; those whose revision is known already are left as they are. Keeps nothing before a
     * producer has prepared the ledger: then the queue alone has them.
     */
    void save(List<Change> changes);

    /** What the changes add up to; {@link ControlState#NONE} without any, or before a producer has prepared the ledger. */
    ControlState state();

    /** The latest changes, newest first, at most {@code limit}. */
    List<Change> changes(int limit);
}
