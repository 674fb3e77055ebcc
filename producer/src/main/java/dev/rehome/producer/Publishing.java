package dev.rehome.producer;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.catalog.ScannedRecord;
import dev.rehome.common.catalog.WorkSource;
import dev.rehome.common.process.Loop;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.PublishResult;
import dev.rehome.common.queue.ScanState;
import dev.rehome.producer.progress.Progress;
import dev.rehome.producer.report.Tally;
import dev.rehome.producer.throttle.Throttle;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scans the work source in passes and publishes the records found, until a whole pass finds none. Only that ends the
 * run, never an empty queue: the catalog's column is the work list. Too many passes in a row that find records but move
 * none end the run as well. A canary stops at its {@link PublishingBound}.
 */
final class Publishing implements Loop.Step {
    /** How publishing ended. */
    enum Result {
        /** A whole pass found nothing left to publish. */
        COMPLETE,
        /** Too many passes in a row moved nothing. */
        NO_PROGRESS,
        /** As many records are done as the bound allows; others are left. */
        BOUND_REACHED
    }

    /**
     * The settings of publishing.
     *
     * @param run the run
     * @param resumed whether an earlier process began the run, so that its scan can be resumed
     * @param batchSize records in a batch
     * @param passDelay the pause before each further pass
     * @param maxIdlePasses how many passes in a row may move nothing
     * @param bound how many records are published at most
     */
    record Settings(
            RunId run,
            boolean resumed,
            IntSupplier batchSize,
            Duration passDelay,
            int maxIdlePasses,
            PublishingBound bound) {
        /** The same with another size of batches, which may change during the run. */
        Settings withBatchSize(IntSupplier size) {
            return new Settings(run, resumed, size, passDelay, maxIdlePasses, bound);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Publishing.class);
    private static final Set<String> UNPUBLISHABLE =
            Set.of(FailureCode.KEY_REFUSED.name(), FailureCode.TARGET_CONFLICT.name());
    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration ENDED = Duration.ofHours(1);

    private final WorkSource source;
    private final BatchPublisher queue;
    private final Supplier<BatchId> ids;
    private final Leadership leadership;
    private final Supplier<String> throttle;
    private final Progress progress;
    private final Settings settings;
    private IdlePasses idlePasses;

    private long ledTerm;
    private Pass pass = new Pass(new ScanState(1, Optional.empty(), 0));
    private boolean beginPass;
    private Progress.Snapshot before;
    private long requeuedBefore;
    private volatile Result result;

    /** {@code throttle} returns why nothing may be published now; empty when it may. */
    Publishing(
            WorkSource source,
            BatchPublisher queue,
            Supplier<BatchId> ids,
            Leadership leadership,
            Supplier<String> throttle,
            Progress progress,
            Settings settings) {
        this.source = source;
        this.queue = queue;
        this.ids = ids;
        this.leadership = leadership;
        this.throttle = throttle;
        this.progress = progress;
        this.settings = settings;
        this.idlePasses = new IdlePasses(settings.maxIdlePasses());
        this.before = progress.snapshot();
        this.beginPass = !settings.resumed();
    }

    /** How publishing ended; empty while it continues. Safe for use by any thread. */
    Optional<Result> result() {
        return Optional.ofNullable(result);
    }

    /** The records that the last pass found reported as failed. Only after the end. */
    Tally<String, SourceRecord> failures() {
        return pass.failures();
    }

    /** A description of the last idle pass. Only after the end. */
    String lastIdlePass() {
        return idlePasses.last();
    }

    @Override
    public Duration run() {
        long term = leadership.term();
        if (result != null) {
            return ENDED;
        }
        if (term == 0) {
            return SOON;
        }
        if (term != ledTerm) {
            return lead(term) ? Duration.ZERO : SOON;
        }
        if (!throttle.get().isEmpty()) {
            return Throttle.RECHECK;
        }
        int size = settings.bound().batchSize(settings.batchSize().getAsInt());
        if (size == 0) {
            return renewBound();
        }
        if (pass.hasBatch(size)) {
            return publish(size);
        }
        return pass.isExhausted() ? endPass() : read();
    }

    /** Leads the queue in a new term, and begins a pass or resumes the one that the queue remembers. */
    private boolean lead(long term) {
        ScanState scan = queue.lead(settings.run());
        boolean queueLostItsData = scan.pass() == 0;
        if (beginPass || queueLostItsData) {
            if (!queue.beginPass(pass.number())) {
                return false;
            }
            beginPass = false;
            scan = new ScanState(pass.number(), Optional.empty(), 0);
        }
        requeuedBefore = source.requeued(settings.run().number());
        pass = new Pass(scan);
        before = progress.snapshot();
        progress.pass(pass.number());
        ledTerm = term;
        settings.bound().reset();
        pass.position()
                .ifPresentOrElse(
                        key -> LOG.info("Pass {}: resuming after row key {}", pass.number(), key),
                        () -> LOG.info("Pass {}: scanning from the beginning", pass.number()));
        return true;
    }

    private Duration renewBound() {
        if (queue.depth().open() > 0) {
            return SOON;
        }
        if (settings.bound().renew()) {
            return Duration.ZERO;
        }
        result = Result.BOUND_REACHED;
        return ENDED;
    }

    private Duration read() {
        WorkSource.Page page = source.page(pass.position(), settings.run().number());
        if (page.records().stream().anyMatch(Publishing::mayBeUnpublishable)) {
            int written = source.recordUnpublishable(
                    pass.position(), page.end().orElseThrow(), settings.run().number(), ids.get());
            settings.bound().used(written);
            if (written > 0) {
                LOG.warn(
                        "{} records can't be published; recorded them in the mapping table as KEY_REFUSED (their values"
                                + " aren't valid text) or TARGET_CONFLICT (their new keys are in use for other objects)",
                        written);
            }
        }
        pass.add(page);
        if (pass.isExhausted()) {
            progress.scanned();
        }
        return Duration.ZERO;
    }

    /** Unpublishable, or refused by a consumer earlier in this run: only the catalog knows which. */
    private static boolean mayBeUnpublishable(ScannedRecord record) {
        return record.failure().filter(UNPUBLISHABLE::contains).isPresent();
    }

    private Duration publish(int size) {
        Batch batch = pass.batch(size, settings.run(), ids);
        PublishResult published = queue.publish(batch, pass.positionAfterBatch(), pass.number());
        return switch (published) {
            case PUBLISHED, ALREADY_PUBLISHED -> {
                settings.bound().used(batch.size());
                pass.published();
                yield Duration.ZERO;
            }
            case FULL -> SOON;
            case FENCED -> {
                LOG.warn("The queue has another leader or lost its data; leading it again");
                ledTerm = 0;
                yield SOON;
            }
        };
    }

    private Duration endPass() {
        if (queue.depth().open() > 0) {
            return SOON;
        }
        if (pass.isWhole() && pass.batches() == 0) {
            long requeued = source.requeued(settings.run().number()) - requeuedBefore;
            if (requeued == 0) {
                result = Result.COMPLETE;
                return ENDED;
            }
            LOG.info("An operator requeued {} failed records during pass {}", requeued, pass.number());
            // The next pass finds these records because an operator requeued them: it isn't a pass without progress.
            idlePasses = new IdlePasses(settings.maxIdlePasses());
        } else if (idlePasses.isLastAllowed(pass, before, progress.snapshot())) {
            result = Result.NO_PROGRESS;
            return ENDED;
        }
        LOG.info("Pass {} finished; scanning again for records that appeared during it", pass.number());
        pass = new Pass(new ScanState(pass.number() + 1, Optional.empty(), 0));
        // Leads the queue again, so that a producer that has lost the lock can't begin a pass.
        beginPass = true;
        ledTerm = 0;
        return settings.passDelay();
    }
}
