package dev.rehome.common.catalog;

/**
 * How the records of a batch or a run ended.
 *
 * @param migrated rows that hold the new location
 * @param changed rows that the application changed in the meantime; left alone
 * @param deleted rows that the application deleted in the meantime
 * @param failed records that failed; their rows keep the old location
 */
public record RecordTotals(long migrated, long changed, long deleted, long failed) {
    /** No records. */
    public static final RecordTotals NONE = new RecordTotals(0, 0, 0, 0);

    /** The same totals with another number of migrated records. */
    public RecordTotals withMigrated(long records) {
        return new RecordTotals(records, changed, deleted, failed);
    }

    /** The same totals with another number of changed records. */
    public RecordTotals withChanged(long records) {
        return new RecordTotals(migrated, records, deleted, failed);
    }

    /** The same totals with another number of deleted records. */
    public RecordTotals withDeleted(long records) {
        return new RecordTotals(migrated, changed, records, failed);
    }

    /** The same totals with another number of failed records. */
    public RecordTotals withFailed(long records) {
        return new RecordTotals(migrated, changed, deleted, records);
    }

    /** The number of records. */
    public long total() {
        return migrated + changed + deleted + failed;
    }

    /** The sum of two totals. */
    public RecordTotals plus(RecordTotals other) {
        return new RecordTotals(
                migrated + other.migrated, changed + other.changed, deleted + other.deleted, failed + other.failed);
    }
}
