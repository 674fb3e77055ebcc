package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.ContractProxy;
import dev.rehome.common.Rejected;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.catalog.MemoryCatalog;
import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.catalog.Selection;
import dev.rehome.common.catalog.WorkSource.CountedWindow;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.process.ProgressLine;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.common.store.InMemoryStore;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.StoredObject;
import dev.rehome.manifest.ManifestSettings;
import dev.rehome.producer.plan.Estimate;
import dev.rehome.producer.plan.Forecasts;
import dev.rehome.producer.plan.PlanJson;
import dev.rehome.producer.plan.PlanReport;
import dev.rehome.producer.plan.PlanStore;
import dev.rehome.producer.plan.PlanText;
import dev.rehome.producer.plan.Prices;
import dev.rehome.producer.throttle.RunWindows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PlanTest {
    private final MemoryMigration migration = new MemoryMigration();
    private final InMemoryStore store = new InMemoryStore("bucket", "target");
    private boolean full;
    private String text = "";

    @TempDir
    private Path directory;

    @Test
    void legacyRowsAreCountedAndSampled() {
        migration.withRows(5);
        migration.put(9, "other/9");

        assertThat(plan(migration.catalog, Map.of())).isEqualTo(ExitCode.COMPLETE);
        assertThat(text())
                .contains("  5 legacy rows, 3 batches of 2\n")
                .contains("  For example:\n    old/1 -> new/1\n    old/2 -> new/2\n    old/4 -> new/4\n")
                .endsWith("Ready: nothing was changed yet.\n");
        assertThat(migration.locations()).contains("old/1");
    }

    @Test
    void wrongPrefixIsAWarningWithSamplesOfTheColumn() {
        migration.put(1, "Old/1.png");
        migration.put(2, null);
        migration.put(3, "else/3.png");

        assertThat(plan(migration.catalog, Map.of())).isEqualTo(ExitCode.COMPLETE);
        assertThat(text())
                .contains("  0 legacy rows, 0 batches of 2\n")
                .contains("  Warning: No row holds a key that starts with old")
                .contains("  The column holds, for example:\n    'Old/1.png'\n    'else/3.png'\n")
                .endsWith("Ready, but a run would find nothing to migrate: nothing was changed yet.\n");
    }

    @Test
    void newKeysLongerThanTheColumnRefuseTheRun() {
        migration.withRows(2);
        ProducerCatalog catalog = ContractProxy.of(
                ProducerCatalog.class,
                migration.catalog,
                (method, call) ->
                        method.getName().equals("count") ? new CountedWindow(2, 1, Optional.empty()) : call.call());

        assertThat(plan(catalog, Map.of())).isEqualTo(ExitCode.REFUSED);
        assertThat(text())
                .contains("  Refused: 1 of them have a new key that is longer than the column")
                .endsWith("Refused: nothing was changed.\n");
    }

    @Test
    void objectsAreEstimatedFromTheSample() {
        migration.withRows(4);
        object("old/1", 10);
        object("old/2", 10);
        object("old/3", 10);
        store.put(store.locate("target", "new/1"), StoredObject.of("xxx"));

        PlanReport.ObjectTotals objects =
                report(migration.catalog, Map.of()).work().orElseThrow().objects();

        assertThat(objects.sample().missing()).containsExactly("old/4");
        assertThat(objects.sample().targetsDifferent()).containsExactly("new/1");
        assertThat(objects.largest()).isEqualTo(10);
        assertThat(objects.bytes().orElseThrow().value()).isEqualTo(40);
        assertThat(objects.bytes().orElseThrow().basis()).isEqualTo("a sample of 4 objects");
        assertThat(objects.missing().orElseThrow().value()).isEqualTo(1);
        assertThat(objects.missing().orElseThrow().high()).isGreaterThan(1);
    }

    @Test
    void everythingIsCountedInAFullPlan() {
        migration.withRows(4);
        migration.put(5, "old/1");
        object("old/1", 10);
        object("old/2", 30);
        object("old/unreferenced", 1_000);
        full = true;

        PlanReport.ObjectTotals objects =
                report(migration.catalog, Map.of()).work().orElseThrow().objects();

        assertThat(objects.distinct()).isEqualTo(Estimate.exact(4, "every key"));
        assertThat(objects.bytes().orElseThrow().value()).isEqualTo(40);
        assertThat(objects.bytes().orElseThrow().counted()).isTrue();
        assertThat(objects.largest()).isEqualTo(30);
        assertThat(objects.missing().orElseThrow().value()).isEqualTo(2);
    }

    @Test
    void storeThatDeniesAccessLeavesTheObjectsUnknown() {
        migration.withRows(2);
        store.setFault(new InMemoryStore.Fault() {
            @Override
            public Optional<Refusal> before(Location location) {
                return Optional.of(new Refusal(FailureCode.ACCESS_DENIED, "no right", Refusal.Scope.UNCERTAIN));
            }
        });

        assertThat(plan(migration.catalog, Map.of())).isEqualTo(ExitCode.COMPLETE);
        assertThat(text())
                .contains("2 of 2 sampled objects couldn't be looked at: no right")
                .doesNotContain("to copy");
    }

    @Test
    void keysThatToolsMangleAreNamed() {
        migration.put(1, "old/a+b.png");
        migration.put(2, "old/tail ");
        migration.put(3, "old//x");

        plan(migration.catalog, Map.of());

        assertThat(text())
                .contains("Keys at risk, of 3 looked at:")
                .contains("1 end with a space or a dot")
                .contains("for example 'old/a+b.png'")
                .contains("for example 'old//x'");
    }

    @Test
    void jsonHasTheSameFiguresWithTheirBasis() {
        migration.withRows(4);
        object("old/1", 10);

        JsonNode json = JsonMapper.builder().build().readTree(PlanJson.of(report(migration.catalog, Map.of())));

        assertThat(json.path("ready").asBoolean()).isTrue();
        assertThat(json.path("records").path("value").asInt()).isEqualTo(4);
        assertThat(json.path("records").path("basis").asString()).isEqualTo("all rows counted");
        assertThat(json.path("batches").path("count").asInt()).isEqualTo(2);
        assertThat(json.path("objects").path("sample").path("missing").size()).isEqualTo(3);
        assertThat(json.path("times").path(0).path("workSeconds").asInt()).isEqualTo(4);
        assertThat(json.path("costInDollars").path("verifying").path("value").asDouble())
                .isGreaterThan(0);
    }

    @Test
    void refusalOfThePreflightIsPrinted() {
        ProducerCatalog catalog = ContractProxy.of(ProducerCatalog.class, migration.catalog, (method, call) -> {
            if (method.getName().equals("inspect")) {
                throw new Rejected("Access denied");
            }
            return call.call();
        });

        assertThat(plan(catalog, Map.of())).isEqualTo(ExitCode.REFUSED);
        assertThat(text()).contains("  Refused: Access denied.").endsWith("Refused: nothing was changed.\n");
    }

    @Test
    void rowsOfTheManifestAreCounted() throws IOException {
        migration.withRows(5);
        MemoryCatalog catalog = migration.database.open(Selection.MANIFEST);

        assertThat(plan(catalog, manifest("old/2\nold/4\nold/77\n"))).isEqualTo(ExitCode.COMPLETE);
        assertThat(text()).contains("  2 rows hold a key of the manifest, 1 batch of 2\n");
    }

    @Test
    void manifestThatMatchesNoRowIsAWarning() throws IOException {
        migration.withRows(5);
        MemoryCatalog catalog = migration.database.open(Selection.MANIFEST);

        assertThat(plan(catalog, manifest("old/77\n"))).isEqualTo(ExitCode.COMPLETE);
        assertThat(text())
                .contains("  Warning: No row holds a key of the manifest")
                .contains("    'old/1'\n");
    }

    private Map<String, String> manifest(String content) throws IOException {
        return Map.of(
                "MANIFEST",
                Files.writeString(directory.resolve("m.csv"), content).toString());
    }

    private int plan(ProducerCatalog catalog, Map<String, String> manifestSettings) {
        PlanReport report = report(catalog, manifestSettings);
        text = PlanText.of(report, ZoneOffset.UTC) + "\n";
        return report.isRefused() ? ExitCode.REFUSED : ExitCode.COMPLETE;
    }

    private PlanReport report(ProducerCatalog catalog, Map<String, String> manifestSettings) {
        try (RunManifest manifest = new RunManifest(
                ManifestSettings.from(new Environment(manifestSettings)),
                MemoryMigration.NO_STORE,
                MemoryMigration.ANY_KEY,
                new MigrationSettings("bucket", "target", MemoryMigration.KEYS, "m"),
                catalog,
                migration.clock)) {
            Preflight preflight = new Preflight(
                    catalog, migration.queue.publisher("observer", run -> false), List.of(), manifest, List.of());
            return new Plan(
                            preflight,
                            manifest,
                            MemoryMigration.KEYS,
                            new PlanStore(store, "bucket", "target"),
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

    private void object(String key, int size) {
        store.put(store.locate("bucket", key), StoredObject.of("x".repeat(size)));
    }

    private String text() {
        return text;
    }
}
