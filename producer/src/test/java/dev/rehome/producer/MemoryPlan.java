package dev.rehome.producer;

import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.process.ProgressLine;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.store.InMemoryStore;
import dev.rehome.common.store.StoredObject;
import dev.rehome.producer.plan.Forecasts;
import dev.rehome.producer.plan.PlanReport;
import dev.rehome.producer.plan.PlanText;
import dev.rehome.producer.plan.Prices;
import dev.rehome.producer.throttle.RunWindows;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A plan of a migration in memory, with its two buckets. For one thread. */
final class MemoryPlan {
    final MemoryMigration migration = new MemoryMigration();
    final InMemoryStore store = new InMemoryStore("bucket", "target");
    boolean full;
    private String text = "";

    /** Plans the migration by prefix; returns the exit code of the command. */
    int make() {
        return make(migration.catalog, Map.of());
    }

    int make(ProducerCatalog catalog, Map<String, String> manifestSettings) {
        PlanReport report = report(catalog, manifestSettings);
        text = PlanText.of(report, ZoneOffset.UTC) + "\n";
        return report.isRefused() ? ExitCode.REFUSED : ExitCode.COMPLETE;
    }

    PlanReport report() {
        return report(migration.catalog, Map.of());
    }

    private PlanReport report(ProducerCatalog catalog, Map<String, String> manifestSettings) {
        try (RunManifest manifest = migration.manifest(catalog, manifestSettings)) {
            Preflight preflight = new Preflight(
                    catalog, migration.queue.publisher("observer", run -> false), List.of(), manifest, List.of());
            return new Plan(
                            preflight,
                            manifest,
                            new Buckets(store, MemoryMigration.SETTINGS),
                            new Forecasts(
                                    List.of(1),
                                    RunWindows.ALWAYS,
                                    Prices.from(new Environment(Map.of())),
                                    migration.clock),
                            new Plan.Options("from here to there", 100, full, 2, MemoryMigration.ANY_KEY),
                            new ProgressLine(System.err, Optional.empty(), migration.clock))
                    .make();
        }
    }

    /** Puts an object into the legacy bucket. */
    void object(String key, int size) {
        store.put(store.locate("bucket", key), StoredObject.of("x".repeat(size)));
    }

    /** The text of the latest plan. */
    String text() {
        return text;
    }
}
