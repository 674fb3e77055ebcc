package dev.rehome.producer.http;

import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.http.MetricsText;
import dev.rehome.common.queue.ConsumerReport;
import dev.rehome.common.queue.QueueDepth;
import dev.rehome.producer.progress.RunSnapshot;
import dev.rehome.producer.progress.RunSnapshot.Counts;
import dev.rehome.producer.progress.RunSnapshot.Kind;
import dev.rehome.producer.progress.RunSnapshot.Pace;
import dev.rehome.producer.progress.RunSnapshot.Phase;
import dev.rehome.producer.progress.RunSnapshot.RunInfo;
import java.util.Locale;

/** A {@link RunSnapshot} as metrics. */
final class SnapshotMetrics {
    private SnapshotMetrics() {}

    static String text(RunSnapshot now) {
        MetricsText metrics = new MetricsText();
        RunInfo run = now.run();
        Pace pace = now.pace();
        metrics.gauge("rehome_run_number", "Number of the run; 0 before the first.", run.number());
        metrics.gauge(
                "rehome_snapshot_timestamp_seconds",
                "When the producer computed these values, as Unix time.",
                seconds(now.at().toEpochMilli()));
        for (Phase phase : Phase.values()) {
            int is = now.state().phase() == phase ? 1 : 0;
            metrics.gauge("rehome_run_phase", "1 for the phase that the run is in.", is, "phase", name(phase));
        }
        for (Kind kind : Kind.values()) {
            int active = now.reasons(kind).size();
            String help = "Active reasons why the run isn't faster: holds, troubles and limits.";
            metrics.gauge("rehome_run_reasons", help, active, "kind", name(kind));
        }
        records(metrics, now.counts());
        metrics.gauge("rehome_records_per_second", "Records applied per second in the last minute.", pace.perSecond());
        metrics.gauge(
                "rehome_run_worked_seconds",
                "How long the run worked; the time in which it waited doesn't count.",
                seconds(pace.worked().toMillis()));
        String eta = "Estimated working time until the remaining records are applied; absent while unknown.";
        pace.left().ifPresent(left -> metrics.gauge("rehome_eta_seconds", eta, left.toSeconds()));
        batches(metrics, now.batches());
        consumers(metrics, now);
        return metrics.text();
    }

    private static double seconds(long millis) {
        return millis / 1_000.0;
    }

    private static void records(MetricsText metrics, Counts counts) {
        String expected = "Records of the run; absent until counted.";
        counts.total().ifPresent(total -> metrics.gauge("rehome_records_expected", expected, total));
        // Gauges, because both fall when the queue loses its data.
        metrics.gauge(
                "rehome_records_published", "Records of this run that were put on the queue.", counts.published());
        metrics.gauge(
                "rehome_records_copied",
                "Records of this run in batches whose outcomes are all recorded.",
                counts.copied());
        RecordTotals applied = counts.applied();
        String help = "Records of this run that the database has committed, except failed ones.";
        metrics.counter("rehome_records_applied_total", help, applied.migrated(), "outcome", "migrated");
        metrics.counter("rehome_records_applied_total", help, applied.changed(), "outcome", "changed");
        metrics.counter("rehome_records_applied_total", help, applied.deleted(), "outcome", "deleted");
        // A gauge, because a requeue makes failed records pending again.
        metrics.gauge("rehome_records_failed", "Records of this run that failed.", applied.failed());
    }

    private static void batches(MetricsText metrics, QueueDepth batches) {
        String help = "Batches in the queue.";
        metrics.gauge("rehome_batches", help, batches.pending(), "state", "pending");
        metrics.gauge("rehome_batches", help, batches.leased(), "state", "leased");
        metrics.gauge("rehome_batches", help, batches.copied(), "state", "copied");
        metrics.gauge("rehome_batches", help, batches.dead(), "state", "dead");
    }

    private static void consumers(MetricsText metrics, RunSnapshot now) {
        String help = "Consumers that reported in the last minute, by what they do.";
        for (ConsumerReport.Activity activity : ConsumerReport.Activity.values()) {
            long consumers = now.consumers().values().stream()
                    .filter(report -> report.activity() == activity)
                    .count();
            metrics.gauge("rehome_consumers", help, consumers, "activity", name(activity));
        }
        metrics.gauge("rehome_copies_in_flight", "Copies in flight, of all consumers.", now.inFlight());
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
