package dev.rehome.producer.operator;

import dev.rehome.common.catalog.Ledger;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.queue.BatchQueue;
import dev.rehome.common.queue.ControlChannel;
import dev.rehome.common.queue.Hold;
import dev.rehome.common.queue.OperatorControl;
import dev.rehome.common.queue.QueueDepth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The state of a migration at one moment, as ledger and queue hold it, whether or not a producer is running.
 *
 * @param run the latest run; empty before the first
 * @param applied the totals of its batches that the ledger has committed
 * @param batches the batches in the queue
 * @param holds every reason known to the queue why the run isn't going faster; empty when there is none
 * @param consumers what each consumer last reported, by its name
 * @param changes the operator's latest changes, newest first
 */
public record RunStatus(
        Optional<Run> run,
        RecordTotals applied,
        QueueDepth batches,
        List<String> holds,
        Map<String, String> consumers,
        List<OperatorControl.Change> changes) {
    private static final int CHANGES = 10;

    public RunStatus {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(applied, "applied");
        Objects.requireNonNull(batches, "batches");
        holds = List.copyOf(holds);
        consumers = new TreeMap<>(consumers);
        changes = List.copyOf(changes);
    }

    /** Reads the state; changes nothing. {@code name} is this process' name at the queue. */
    public static RunStatus read(Ledger ledger, BatchQueue queue, String name) {
        Optional<Run> run = ledger.runs().latest();
        ControlChannel control = queue.control();
        QueueDepth depth = queue.publisher(name, ledger.runs()::contains).depth();
        Map<String, String> consumers = control.reports();
        return new RunStatus(
                run,
                run.map(latest -> ledger.batches().totals(latest.number())).orElse(RecordTotals.NONE),
                depth,
                holds(queue.operator().state().hold(), control, depth, consumers),
                consumers,
                queue.operator().changes(CHANGES));
    }

    private static List<String> holds(
            Optional<Hold> hold, ControlChannel control, QueueDepth depth, Map<String, String> consumers) {
        List<String> holds = new ArrayList<>();
        hold.map(Hold::toString).ifPresent(holds::add);
        String throttle = control.throttleReason();
        if (!throttle.isEmpty()) {
            holds.add(throttle);
        }
        long stuck = consumers.values().stream()
                .filter(report -> report.startsWith(ControlChannel.STUCK))
                .count();
        if (stuck > 0) {
            holds.add(stuck + " of " + consumers.size() + " consumers are stuck");
        }
        if (consumers.isEmpty() && depth.pending() + depth.leased() > 0) {
            holds.add("no consumer has reported in the last minute");
        }
        return holds;
    }

    /** Whether a run is in progress, with or without processes that work on it. */
    public boolean isRunning() {
        return run.filter(latest -> latest.completed().isEmpty()).isPresent();
    }
}
