package dev.rehome.producer;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.catalog.ScannedRecord;
import dev.rehome.common.catalog.WorkSource;
import dev.rehome.common.queue.ScanState;
import dev.rehome.producer.report.Tally;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** One pass over the work source: its position, the records read ahead, and what it has found. For use by one thread. */
final class Pass {
    private final long number;
    private final boolean whole;
    private final Deque<SourceRecord> readAhead = new ArrayDeque<>();
    private final Tally<String, SourceRecord> failures = new Tally<>(RunReport.LISTED);
    private Optional<RowKey> position;
    private boolean exhausted;
    private Batch batch;
    private long batches;
    private long records;
    private long fingerprint;

    Pass(ScanState scan) {
        this.number = scan.pass();
        this.position = scan.position();
        this.batches = scan.published();
        this.whole = position.isEmpty() && batches == 0;
    }

    long number() {
        return number;
    }

    /** Where to read next; empty for the start of the source. */
    Optional<RowKey> position() {
        return position;
    }

    /** Whether the source was read to its end. */
    boolean isExhausted() {
        return exhausted;
    }

    /** Whether this process has read the pass from its start. Only such a pass can prove that nothing is left. */
    boolean isWhole() {
        return whole;
    }

    /** The number of batches published, including those of an earlier process that began the pass. */
    long batches() {
        return batches;
    }

    /** The number of records that this process has published. */
    long records() {
        return records;
    }

    /** A hash of the records published, row keys and locations, in order. */
    long fingerprint() {
        return fingerprint;
    }

    /** The records that the pass found already reported as failed, by code. */
    Tally<String, SourceRecord> failures() {
        return failures;
    }

    void add(WorkSource.Page page) {
        for (ScannedRecord scanned : page.records()) {
            scanned.failure()
                    .ifPresentOrElse(
                            code -> failures.add(code, scanned.record()), () -> readAhead.add(scanned.record()));
        }
        exhausted = page.end().isEmpty();
        if (!exhausted) {
            position = page.end();
        }
    }

    /** Whether the next batch is complete: it has enough records, or nothing is left to read. */
    boolean hasBatch(int size) {
        return batch != null || readAhead.size() >= size || (exhausted && !readAhead.isEmpty());
    }

    /** The next batch to publish; the same one until {@link #published} is called. */
    Batch batch(int size, RunId run, Supplier<BatchId> ids) {
        if (batch == null) {
            List<SourceRecord> next = new ArrayList<>(size);
            while (next.size() < size && !readAhead.isEmpty()) {
                next.add(readAhead.poll());
            }
            batch = new Batch(ids.get(), run, next);
        }
        return batch;
    }

    /**
     * Where a scan resumes once the batch is published: the end of the window only if nothing read ahead is left, else the
     * batch's last row key.
     */
    RowKey positionAfterBatch() {
        return readAhead.isEmpty() ? position.orElse(batch.lastKey()) : batch.lastKey();
    }

    void published() {
        batches++;
        records += batch.size();
        for (SourceRecord record : batch.records()) {
            fingerprint = 31 * fingerprint + Objects.hash(record.rowKey(), record.location());
        }
        batch = null;
    }
}
