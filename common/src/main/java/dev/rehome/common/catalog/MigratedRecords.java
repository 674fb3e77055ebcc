package dev.rehome.common.catalog;

import dev.rehome.common.catalog.MigratedRecord.MappingRowId;
import java.util.List;
import java.util.Optional;

/**
 * What was migrated and what the rows hold now, read by windows of the mapping table in short reads without locks. A
 * record that was migrated more than once is told once, as it was the last time. Safe for use by several threads.
 */
public interface MigratedRecords {
    /** How many there are, from the totals of the batches; for a percentage. */
    long count();

    /**
     * The window that follows a place.
     *
     * @param after the end of the window before; empty for the start
     */
    Page page(Optional<MappingRowId> after);

    /** What the row of a record holds by now: rows change while objects are looked at. */
    MigratedRecord.Reference reference(MigratedRecord record);

    /** Writes a new proof: the object was copied again, and its ETag may be another. Repeatable. */
    void updateETag(MappingRowId place, String etag);

    /**
     * One window.
     *
     * @param records the migrated records in it, in order; often fewer than it has rows
     * @param end its last place; empty when nothing follows
     */
    record Page(List<MigratedRecord> records, Optional<MappingRowId> end) {
        public Page {
            records = List.copyOf(records);
        }
    }
}
