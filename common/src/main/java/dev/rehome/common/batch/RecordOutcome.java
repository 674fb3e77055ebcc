package dev.rehome.common.batch;

/** The outcome of one record: it is either copied to its new location, or failed with a reason. */
public sealed interface RecordOutcome permits CopiedRecord, FailedRecord {
    /** The record's number in its batch, from 0. */
    int record();

    /** The same outcome for another record of the batch that names the same object. */
    RecordOutcome of(int otherRecord);
}
