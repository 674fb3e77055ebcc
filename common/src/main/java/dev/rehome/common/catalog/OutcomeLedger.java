package dev.rehome.common.catalog;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.RecordOutcome;
import java.util.List;
import java.util.Set;

/**
 * The outcomes of records, as consumers write them. Safe for use by several threads.
 *
 * <p>The first outcome of a record in a batch wins: an outcome that a consumer writes after it lost its lease is ignored.
 */
public interface OutcomeLedger {
    /** The numbers of the batch's records whose outcomes are committed. */
    Set<Integer> recorded(BatchId batch);

    /**
     * Commits outcomes of a batch, all or none. Drops those of a run that was abandoned: its number belongs to another run
     * now, which would take them for its own.
     */
    void record(Batch batch, List<RecordOutcome> outcomes);
}
