package dev.rehome.common.catalog;

/**
 * What the bulk update of one batch came to, record by record.
 *
 * @param migrated rows that now hold the new location
 * @param changed rows that the application changed meanwhile; left alone
 * @param deleted rows that the application deleted meanwhile
 * @param failed records with a failure
 * @param missing records without an outcome: not zero means that nothing was applied and the batch must be done again
 */
public record ApplyResult(int migrated, int changed, int deleted, int failed, int missing) {
    /** Whether the batch is finished with. */
    public boolean isApplied() {
        return missing == 0;
    }
}
