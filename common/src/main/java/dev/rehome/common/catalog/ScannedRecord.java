package dev.rehome.common.catalog;

import dev.rehome.common.batch.SourceRecord;
import java.util.Objects;
import java.util.Optional;

/**
 * A legacy record as the scan found it.
 *
 * @param record the record
 * @param failure the code under which this run has already reported it, with this very value, as failed; also of a
 *     value that is no text of its character set and so can't be carried at all
 */
public record ScannedRecord(SourceRecord record, Optional<String> failure) {
    public ScannedRecord {
        Objects.requireNonNull(record, "record");
        Objects.requireNonNull(failure, "failure");
    }
}
