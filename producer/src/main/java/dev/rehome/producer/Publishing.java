package dev.rehome.producer;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.catalog.ScannedRecord;
import dev.rehome.common.catalog.WorkSource;
import dev.rehome.common.process.Loop;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.PublishResult;
import dev.rehome.common.queue.ScanState;
import dev.rehome.producer.progress.Progress;
import dev.rehome.producer.throttle.Throttle;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scans the catalog in passes and publishes what is legacy, until a whole pass finds nothing left to publish. That, and
 * never an empty queue, is the end: the catalog's column is the work list.
 */
final class Publishing implements Loop.Step {
    private static final Logger LOG = LoggerFactory.getLogger(Publishing.class);
    private static final Duration SOON = Duration.ofMillis(100);

    private final WorkSource scanner;
    private final BatchPublisher queue;
    private final Supplier<BatchId> ids;
    private final Leadership leadership;
    private final Supplier<String> throttle;
    private final Progress progress;
    private final RunId run;
    private final int batchSize;
    private final Duration passDelay;
    private final Runnable onFinished;

    private final Deque<SourceRecord> found = new ArrayDeque<>();
    private long ledTerm;
    private long pass;
    private boolean passIsWhole;
    private Optional<RowKey> position = Optional.empty();
    private boolean exhausted;
    private long published;
    private FailureSummary failures = new FailureSummary();
    private boolean startAfresh;
    private Batch candidate;

    /**
     * Makes it.
     *
     * @param ids makes fresh batch ids
     * @param throttle why to publish nothing now; empty when there is no reason
     * @param run the run
     * @param fresh whether the run starts now; false when it goes on where an earlier producer stopped
     * @param onFinished called once, when a whole pass found nothing left
     */
    Publishing(
            WorkSource scanner,
            BatchPublisher queue,
            Supplier<BatchId> ids,
            Leadership leadership,
            Supplier<String> throttle,
            Progress progress,
            RunId run,
            boolean fresh,
            int batchSize,
            Duration passDelay,
            Runnable onFinished) {
        this.scanner = scanner;
        this.queue = queue;
        this.ids = ids;
        this.leadership = leadership;
        this.throttle = throttle;
        this.progress = progress;
        this.run = run;
        this.startAfresh = fresh;
        this.batchSize = batchSize;
        this.passDelay = passDelay;
        this.onFinished = onFinished;
    }

    /** What the last whole pass found reported as failed. */
    FailureSummary failures() {
        return failures;
    }

    @Override
    public Duration run() {
        long term = leadership.term();
        if (term == 0) {
            return SOON;
        }
        if (term != ledTerm) {
            lead(term);
            return ledTerm == term ? Duration.ZERO : SOON;
        }
        if (!throttle.get().isEmpty()) {
            return Throttle.RECHECK;
        }
        if (candidate != null || found.size() >= batchSize || (exhausted && !found.isEmpty())) {
            return publish();
        }
        if (!exhausted) {
            return read();
        }
        return endPass();
    }

    private void lead(long term) {
        ScanState scan = queue.lead(run);
        if (startAfresh || scan.pass() == 0) {
            // A run or pass that starts, or a queue that lost its data: from the start of the table.
            pass = Math.max(1, pass);
            if (!queue.beginPass(pass)) {
                return;
            }
            startAfresh = false;
            resume(new ScanState(pass, Optional.empty(), 0));
        } else {
            pass = scan.pass();
            resume(scan);
        }
        progress.pass(pass);
        ledTerm = term;
    }

    private void resume(ScanState scan) {
        LOG.info(
                "Pass {} goes on {}",
                pass,
                scan.position().map(key -> "behind key " + key).orElse("at the start"));
        found.clear();
        candidate = null;
        position = scan.position();
        exhausted = false;
        published = scan.published();
        // What was read before is not known any more: such a pass can't be the one that proves the end.
        passIsWhole = position.isEmpty() && published == 0;
        failures = new FailureSummary();
    }

    private Duration read() {
        WorkSource.Page page = scanner.page(position, run.number());
        if (page.records().stream().anyMatch(Publishing::mayBeUnreported)) {
            int refused = scanner.recordUndecodable(position, page.end().orElseThrow(), run.number(), ids.get());
            if (refused > 0) {
                LOG.warn("{} values are no text and can't be published; they are in the mapping table", refused);
            }
        }
        for (ScannedRecord record : page.records()) {
            record.failure()
                    .ifPresentOrElse(code -> failures.add(code, record.record()), () -> found.add(record.record()));
        }
        exhausted = page.end().isEmpty();
        if (!exhausted) {
            position = page.end();
        }
        return Duration.ZERO;
    }

    /** A consumer may have reported it, or nobody yet: the catalog knows. */
    private static boolean mayBeUnreported(ScannedRecord record) {
        return record.failure().filter(FailureCode.KEY_REFUSED.name()::equals).isPresent();
    }

    private Duration publish() {
        if (candidate == null) {
            List<SourceRecord> records = new ArrayList<>(batchSize);
            while (records.size() < batchSize && !found.isEmpty()) {
                records.add(found.poll());
            }
            candidate = new Batch(ids.get(), run, records);
        }
        // Behind the last record read only if all of them are published; else behind the batch itself.
        RowKey behind = found.isEmpty() ? position.orElse(candidate.lastKey()) : candidate.lastKey();
        PublishResult answer = queue.publish(candidate, behind, pass);
        switch (answer) {
            case PUBLISHED, ALREADY_PUBLISHED -> {
                published++;
                candidate = null;
                return Duration.ZERO;
            }
            case FULL -> {
                return SOON;
            }
            case FENCED -> {
                LOG.warn("The queue knows another leader, or lost its data: leading again");
                ledTerm = 0;
                return SOON;
            }
        }
        throw new IllegalStateException("Not an answer: " + answer);
    }

    private Duration endPass() {
        if (queue.depth().open() > 0) {
            return SOON;
        }
        if (passIsWhole && published == 0) {
            onFinished.run();
            return Duration.ofHours(1);
        }
        LOG.info("Pass {} is done; the next looks for what came late", pass);
        pass++;
        // Led again, so that a producer that lost the lock meanwhile can't begin a pass.
        startAfresh = true;
        ledTerm = 0;
        return passDelay;
    }
}
