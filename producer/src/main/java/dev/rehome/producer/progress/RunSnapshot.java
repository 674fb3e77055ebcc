package dev.rehome.producer.progress;

import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.queue.ConsumerReport;
import dev.rehome.common.queue.QueueDepth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A run at one moment. The leading producer computes it once a second, and every view of a run renders it: the status
 * line, the log, the HTTP endpoint, the dashboard, the metrics and the status command.
 *
 * @param at when it was computed, by the producer's clock
 * @param run which run
 * @param state its phase, and every reason why it isn't faster
 * @param counts its records
 * @param pace how fast it is, and when it ends
 * @param batches the batches in the queue
 * @param consumers the consumers' reports of the last minute, by their names
 */
public record RunSnapshot(
        Instant at,
        RunInfo run,
        State state,
        Counts counts,
        Pace pace,
        QueueDepth batches,
        Map<String, ConsumerReport> consumers) {
    /**
     * A run.
     *
     * @param number from 1; 0 before the first
     * @param started by the ledger's clock
     * @param completed by the ledger's clock; empty while it is incomplete
     * @param pass the number of the current pass, from 1; 0 when it isn't known
     */
    public record RunInfo(int number, Optional<Instant> started, Optional<Instant> completed, long pass) {
        /** No run yet. */
        public static final RunInfo NONE = new RunInfo(0, Optional.empty(), Optional.empty(), 0);
    }

    /** The phase of a run. */
    public enum Phase {
        /** The producer checks everything or waits for the lock. */
        STARTING,
        /** It publishes, copies and applies. */
        RUNNING,
        /** It waits, for the reasons given. */
        WAITING,
        /** It is complete. */
        COMPLETE,
        /** It ended without being complete, or no producer works on it. */
        INCOMPLETE
    }

    /** How a reason affects a run, from most to least. */
    public enum Kind {
        /** Nothing is published, claimed or applied. */
        HOLD,
        /** Something is wrong, and a person should look at it. */
        TROUBLE,
        /** The slowest part, while everything works. */
        LIMIT
    }

    /**
     * Why a run isn't faster.
     *
     * @param kind how it affects the run
     * @param text in plain words
     */
    public record Reason(Kind kind, String text) {}

    /**
     * The state of a run.
     *
     * @param phase its phase
     * @param reasons every active reason why it isn't faster, those that matter most first
     * @param windowsClose when the run windows close next; empty while they are closed or if they never close
     */
    public record State(Phase phase, List<Reason> reasons, Optional<Instant> windowsClose) {
        public State {
            Objects.requireNonNull(phase, "phase");
            Objects.requireNonNull(windowsClose, "windowsClose");
            reasons = List.copyOf(reasons);
        }

        /** A state in which no run windows will close. */
        public State(Phase phase, List<Reason> reasons) {
            this(phase, reasons, Optional.empty());
        }
    }

    /**
     * The records of a run, all of its starts together: {@code published} includes {@code copied}, which includes
     * {@code applied}.
     *
     * @param total the records to be migrated; empty until they are counted
     * @param published those that were put on the queue
     * @param copied those of batches whose outcomes are all recorded
     * @param applied those of batches that the database has committed, by their outcome
     */
    public record Counts(OptionalLong total, long published, long copied, RecordTotals applied) {
        /** No records. */
        public static final Counts NONE = new Counts(OptionalLong.empty(), 0, 0, RecordTotals.NONE);

        public Counts {
            Objects.requireNonNull(total, "total");
            copied = Math.max(copied, applied.total());
            published = Math.max(published, copied);
            if (total.isPresent()) {
                // Rows that appear during the run, or that a later pass repeats, aren't in the first count.
                total = OptionalLong.of(Math.max(total.getAsLong(), applied.total()));
            }
        }

        /** Applied records of the total, from 0 to 100; empty until the total is known or while there is nothing to do. */
        public Optional<Double> percent() {
            return total.isPresent() && total.getAsLong() > 0
                    ? Optional.of(100.0 * applied.total() / total.getAsLong())
                    : Optional.empty();
        }
    }

    /**
     * The pace of a run.
     *
     * @param perSecond applied records per second in the last minute
     * @param average applied records per second while the run worked
     * @param worked how long the run worked, without the time in which it waited or no producer ran
     * @param left the working time until the remaining records are applied; empty while unknown
     * @param end when that is, given the run windows; empty while the run is paused
     * @param note why {@code left} or {@code end} is missing; else empty
     */
    public record Pace(
            double perSecond,
            double average,
            Duration worked,
            Optional<Duration> left,
            Optional<Instant> end,
            String note) {
        /** Nothing is known yet. */
        public static final Pace UNKNOWN =
                new Pace(0, 0, Duration.ZERO, Optional.empty(), Optional.empty(), "not known yet");

        /** The same pace without an estimate of the end; {@code reason} says why. */
        Pace withoutEnd(String reason) {
            return new Pace(perSecond, average, worked, Optional.empty(), Optional.empty(), reason);
        }
    }

    /** No run is known. */
    public static RunSnapshot starting(Instant at) {
        return new RunSnapshot(
                at,
                RunInfo.NONE,
                new State(Phase.STARTING, List.of()),
                Counts.NONE,
                Pace.UNKNOWN,
                new QueueDepth(0, 0, 0, 0, 0),
                Map.of());
    }

    public RunSnapshot {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(counts, "counts");
        Objects.requireNonNull(pace, "pace");
        Objects.requireNonNull(batches, "batches");
        consumers = new TreeMap<>(consumers);
    }

    /**
     * The same snapshot when no newer one can be computed: with a reason that says so, and without an estimate of the end.
     *
     * @param cause what prevents a newer one, in words
     */
    public RunSnapshot outdated(String cause) {
        List<Reason> reasons = new ArrayList<>(state.reasons());
        reasons.removeIf(reason -> reason.kind() != Kind.HOLD);
        reasons.add(new Reason(Kind.TROUBLE, "no new numbers since " + SnapshotText.time(at) + ": " + cause));
        return new RunSnapshot(
                at,
                run,
                new State(state.phase(), reasons),
                counts,
                pace.withoutEnd("not known while there are no new numbers"),
                batches,
                consumers);
    }

    /** Copies in flight, of all consumers. */
    public int inFlight() {
        return consumers.values().stream()
                .mapToInt(each -> each.load().inFlight())
                .sum();
    }

    /** The reasons of a kind. */
    public List<String> reasons(Kind kind) {
        return state.reasons().stream()
                .filter(reason -> reason.kind() == kind)
                .map(Reason::text)
                .toList();
    }
}
