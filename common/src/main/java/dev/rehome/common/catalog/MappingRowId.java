package dev.rehome.common.catalog;

import dev.rehome.common.batch.BatchId;
import java.util.Objects;

/**
 * Identifies an outcome in the ledger; outcomes are read in this order.
 *
 * @param batch the batch
 * @param record the record's number in it, from 0
 */
public record MappingRowId(BatchId batch, int record) {
    public MappingRowId {
        Objects.requireNonNull(batch, "batch");
    }
}
