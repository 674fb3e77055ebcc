package dev.rehome.common.catalog;

import dev.rehome.common.batch.SourceRecord;
import java.util.Objects;
import java.util.Optional;

/**
 * A record to be migrated, as the scan found it.
 *
 * @param record the record
 * @param failure the code of the failure that this run has recorded for the record with this very location; also present
 *     when the location can't be read as text
 */
public record ScannedRecord(SourceRecord record, Optional<String> failure) {
    public ScannedRecord {
        Objects.requireNonNull(record, "record");
        Objects.requireNonNull(failure, "failure");
    }
}
