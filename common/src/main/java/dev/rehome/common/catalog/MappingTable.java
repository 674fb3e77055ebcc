package dev.rehome.common.catalog;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.RecordOutcome;
import java.util.List;
import java.util.Set;

/**
 * The consumers' view of the mapping table. Safe for use by several threads.
 *
 * <p>The first outcome of a record in a batch stands: what a consumer that lost its lease writes later changes nothing.
 */
public interface MappingTable {
    /** The numbers of the batch's records whose outcome is committed. */
    Set<Integer> recorded(BatchId batch);

    /** Commits outcomes of a batch, all or none. */
    void record(Batch batch, List<RecordOutcome> outcomes);
}
