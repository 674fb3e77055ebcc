package dev.rehome.producer.operator;

import dev.rehome.common.catalog.Ledger;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.BatchQueue;
import dev.rehome.common.queue.ConsumerReport;
import dev.rehome.common.queue.Hold;
import dev.rehome.common.queue.OperatorControl;
import dev.rehome.common.queue.ProgressBoard.Published;
import dev.rehome.common.queue.QueueDepth;
import dev.rehome.common.queue.RecordCounts;
import dev.rehome.producer.progress.Reasons;
import dev.rehome.producer.progress.RunSnapshot;
import dev.rehome.producer.progress.RunSnapshot.Counts;
import dev.rehome.producer.progress.RunSnapshot.Pace;
import dev.rehome.producer.progress.RunSnapshot.Phase;
import dev.rehome.producer.progress.RunSnapshot.RunInfo;
import dev.rehome.producer.progress.RunSnapshot.State;
import dev.rehome.producer.progress.SnapshotJson;
import dev.rehome.producer.progress.SnapshotText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The state of a migration for an operator: the snapshot that the leading producer published, or, when none is fresh, what
 * ledger and queue hold.
 *
 * @param snapshot the state
 * @param origin where it comes from, in words
 * @param isLive whether a producer published it just now
 * @param changes the operators' latest changes, newest first
 */
public record MigrationStatus(
        RunSnapshot snapshot, String origin, boolean isLive, List<OperatorControl.Change> changes) {
    /** How old a published snapshot may be; the leading producer publishes one each second. */
    static final Duration FRESH = Duration.ofSeconds(10);

    private static final int CHANGES = 10;

    public MigrationStatus {
        Objects.requireNonNull(snapshot, "snapshot");
        Objects.requireNonNull(origin, "origin");
        changes = List.copyOf(changes);
    }

    /** Reads the state; changes nothing. {@code name} is this process' name at the queue. */
    public static MigrationStatus read(Ledger ledger, BatchQueue queue, String name) {
        Optional<Published> published = queue.progress().latest();
        Optional<RunSnapshot> last = published.flatMap(each -> SnapshotJson.decode(each.snapshot()));
        List<OperatorControl.Change> changes = queue.operator().changes(CHANGES);
        if (last.isPresent() && published.get().age().compareTo(FRESH) < 0) {
            return new MigrationStatus(
                    last.get(),
                    "published by the producer " + published.get().age().toSeconds() + " s ago",
                    true,
                    changes);
        }
        String origin = published
                        .map(each -> "no producer has published its progress for " + SnapshotText.rounded(each.age()))
                        .orElse("no producer has published its progress yet")
                + "; read from the ledger and the queue";
        return new MigrationStatus(fromLedgerAndQueue(ledger, queue, name, last), origin, false, changes);
    }

    private static RunSnapshot fromLedgerAndQueue(
            Ledger ledger, BatchQueue queue, String name, Optional<RunSnapshot> last) {
        Optional<Run> run = ledger.runs().latest();
        BatchPublisher publisher = queue.publisher(name, ledger.runs()::contains);
        QueueDepth depth = publisher.depth();
        RecordCounts records = publisher.records();
        Map<String, ConsumerReport> consumers = queue.control().reports();
        RecordTotals applied =
                run.map(latest -> ledger.batches().totals(latest.number())).orElse(RecordTotals.NONE);
        RunSnapshot before = last.filter(each ->
                        run.map(Run::number).equals(Optional.of(each.run().number())))
                .orElseGet(() -> RunSnapshot.starting(Instant.EPOCH));
        boolean complete = run.flatMap(Run::completed).isPresent();
        Phase phase = run.isEmpty() ? Phase.STARTING : complete ? Phase.COMPLETE : Phase.INCOMPLETE;
        return new RunSnapshot(
                run.isEmpty() ? Instant.EPOCH : ledger.runs().now(),
                run.map(latest -> new RunInfo(
                                latest.number(),
                                Optional.of(latest.started()),
                                latest.completed(),
                                before.run().pass()))
                        .orElse(RunInfo.NONE),
                new State(phase, Reasons.of(holds(queue), depth, consumers, false)),
                new Counts(
                        before.counts().total(),
                        Math.max(records.published(), before.counts().published()),
                        applied.total() + records.copied(),
                        applied),
                new Pace(
                        0,
                        before.pace().average(),
                        before.pace().worked(),
                        Optional.empty(),
                        Optional.empty(),
                        complete ? "complete" : "none: no producer is running"),
                depth,
                consumers);
    }

    private static List<String> holds(BatchQueue queue) {
        List<String> holds = new ArrayList<>();
        queue.operator().state().hold().map(Hold::toString).ifPresent(holds::add);
        String throttle = queue.control().throttleReason();
        if (!throttle.isEmpty()) {
            holds.add(throttle);
        }
        return holds;
    }

    /** Lines for a terminal. */
    public String text() {
        StringBuilder text = new StringBuilder(SnapshotText.lines(snapshot)).append('\n');
        for (OperatorControl.Change change : changes) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-10s %s by %s: %s '%s' -> '%s'%n",
                    "change",
                    SnapshotText.time(change.at()),
                    change.author(),
                    change.name(),
                    change.before(),
                    change.after()));
        }
        return text.append(String.format(Locale.ROOT, "  %-10s %s", "source", origin))
                .toString();
    }

    /** One JSON object: the snapshot's, and {@code live}, {@code origin} and {@code changes}. */
    public String json() {
        ObjectNode root = SnapshotJson.tree(snapshot);
        root.put("live", isLive).put("origin", origin);
        root.set("changes", JsonMapper.shared().valueToTree(changes));
        return root.toString();
    }
}
