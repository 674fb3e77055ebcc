package dev.rehome.producer.progress;

import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.process.Loop;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.queue.ConsumerReport;
import dev.rehome.common.queue.ProgressBoard;
import dev.rehome.common.queue.ProgressBoard.Sample;
import dev.rehome.common.queue.ProgressBoard.Series;
import dev.rehome.common.queue.QueueDepth;
import dev.rehome.common.queue.RecordCounts;
import dev.rehome.producer.progress.RunSnapshot.Counts;
import dev.rehome.producer.progress.RunSnapshot.Kind;
import dev.rehome.producer.progress.RunSnapshot.Phase;
import dev.rehome.producer.progress.RunSnapshot.Reason;
import dev.rehome.producer.progress.RunSnapshot.RunInfo;
import dev.rehome.producer.progress.RunSnapshot.State;
import dev.rehome.producer.throttle.RunWindows;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes the snapshot of the run once a second and publishes it, if this producer leads. Takes over the total and the
 * working time from the last snapshot of an earlier start. For one thread.
 */
public final class ProgressReporting implements Loop.Step {
    /**
     * The contents of ledger and queue.
     *
     * @param applied the totals of the run that the ledger has committed
     * @param depth the batches
     * @param records the records
     * @param consumers the consumers' reports
     */
    public record Sources(
            Supplier<RecordTotals> applied,
            Supplier<QueueDepth> depth,
            Supplier<RecordCounts> records,
            Supplier<Map<String, ConsumerReport>> consumers) {}

    private static final Logger LOG = LoggerFactory.getLogger(ProgressReporting.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Supplier<Run> latestRun;
    private final Progress progress;
    private final Sources sources;
    private final ProgressBoard board;
    private final BooleanSupplier leads;
    private final Supplier<RunWindows> windows;
    private final Clocks clocks;
    private final Map<Series, Duration> sampledAt = new EnumMap<>(Series.class);
    private Run run;
    private RecordTotals applied;
    private long appliedSteps;
    private long publishedBefore;
    private long publishedByQueue;
    private Pacing pacing;
    private Optional<RunSnapshot> latest = Optional.empty();

    /**
     * The clocks of a process.
     *
     * @param elapsed measures the pace
     * @param time the time of day, for display
     */
    public record Clocks(MonotonicClock elapsed, InstantSource time) {}

    /**
     * Reports on the run that {@code latestRun} reads, which needn't exist yet.
     *
     * @param leads whether this producer holds the lock: only the leader publishes
     */
    public ProgressReporting(
            Supplier<Run> latestRun,
            Progress progress,
            Sources sources,
            ProgressBoard board,
            BooleanSupplier leads,
            Supplier<RunWindows> windows,
            Clocks clocks) {
        this.latestRun = latestRun;
        this.progress = progress;
        this.sources = sources;
        this.board = board;
        this.leads = leads;
        this.windows = windows;
        this.clocks = clocks;
    }

    @Override
    public Duration run() {
        try {
            report();
        } catch (Unavailable trouble) {
            latest.ifPresent(last -> progress.publish(last.outdated(trouble.getMessage())));
            throw trouble;
        }
        return PERIOD;
    }

    private void report() {
        if (pacing == null) {
            resume();
        }
        readApplied();
        RunSnapshot now = snapshot();
        latest = Optional.of(now);
        progress.publish(now);
        if (leads.getAsBoolean()) {
            board.publish(SnapshotJson.encode(now));
            sample(now);
        }
    }

    private void resume() {
        run = latestRun.get();
        applied = sources.applied().get();
        Optional<RunSnapshot> last = board.latest()
                .flatMap(published -> SnapshotJson.decode(published.snapshot()))
                .filter(snapshot -> snapshot.run().number() == run.number()
                        && snapshot.run().started().equals(Optional.of(run.started())));
        publishedByQueue = sources.records().get().published();
        if (publishedByQueue < applied.total()) {
            publishedBefore = last.map(snapshot -> snapshot.counts().published() - publishedByQueue)
                    .orElse(applied.total());
        }
        pacing = new Pacing(
                clocks.elapsed(),
                last.map(snapshot -> snapshot.pace().worked()).orElse(Duration.ZERO),
                applied.total());
        OptionalLong total = last.map(snapshot -> snapshot.counts().total()).orElse(OptionalLong.empty());
        // A failed record keeps its legacy row, so it is counted with the rows.
        progress.begin(total, applied.total() - applied.failed());
    }

    /** Reads the ledger only after a commit: the sum is over all batches of the run. */
    private void readApplied() {
        long steps = progress.steps();
        if (steps != appliedSteps) {
            applied = sources.applied().get();
            appliedSteps = steps;
        }
    }

    private RunSnapshot snapshot() {
        Progress.Snapshot local = progress.snapshot();
        QueueDepth depth = sources.depth().get();
        RecordCounts records = sources.records().get();
        Map<String, ConsumerReport> consumers = sources.consumers().get();
        Counts counts = new Counts(local.legacy(), published(records), applied.total() + records.copied(), applied);
        List<Reason> reasons = Reasons.of(local.holds(), depth, consumers, !local.isScanned());
        boolean held = reasons.stream().anyMatch(reason -> reason.kind() == Kind.HOLD);
        pacing.add(applied.total(), !held);
        Instant now = clocks.time().instant();
        RunWindows open = windows.get();
        return new RunSnapshot(
                now,
                new RunInfo(run.number(), Optional.of(run.started()), run.completed(), local.pass()),
                new State(held ? Phase.WAITING : Phase.RUNNING, reasons, open.closesAfter(now)),
                counts,
                Estimate.of(pacing, counts, reasons, open, now),
                depth,
                consumers);
    }

    /** A queue that lost its data counts from 0 again: of the records published before, only the applied ones still count. */
    private long published(RecordCounts records) {
        if (records.published() < publishedByQueue) {
            publishedBefore = applied.total();
        }
        publishedByQueue = records.published();
        return publishedBefore + publishedByQueue;
    }

    private void sample(RunSnapshot now) {
        Duration time = clocks.elapsed().now();
        for (Series series : Series.values()) {
            Duration last = sampledAt.get(series);
            if (last == null || time.minus(last).compareTo(series.interval()) >= 0) {
                board.record(
                        series,
                        new Sample(
                                now.at(),
                                run.number(),
                                now.counts().applied().total(),
                                now.counts().applied().failed()));
                sampledAt.put(series, time);
            }
        }
    }

    /** Publishes the last snapshot, with the state in which the run ends; only logs when the queue is unavailable. */
    public void end(Phase phase, Optional<Instant> completed, List<Reason> reasons) {
        try {
            if (pacing == null) {
                resume();
            }
            applied = sources.applied().get();
            RunSnapshot last = snapshot();
            RunSnapshot end = new RunSnapshot(
                    last.at(),
                    new RunInfo(
                            run.number(),
                            Optional.of(run.started()),
                            completed,
                            last.run().pass()),
                    new State(phase, reasons),
                    last.counts(),
                    last.pace().withoutEnd(phase == Phase.COMPLETE ? "complete" : "the run ended"),
                    last.batches(),
                    last.consumers());
            progress.publish(end);
            board.publish(SnapshotJson.encode(end));
            sampledAt.clear();
            sample(end);
        } catch (Unavailable trouble) {
            LOG.warn("{}; the final state of the run isn't published", trouble.getMessage());
        }
    }
}
