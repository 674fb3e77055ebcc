package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.CopiedRecord;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.catalog.ApplyResult;
import dev.rehome.common.catalog.MemoryCatalog;
import dev.rehome.common.catalog.PreflightFinding;
import dev.rehome.common.catalog.PreflightFinding.Severity;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.catalog.Selection;
import dev.rehome.common.process.ShutdownSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunManifestTest {
    private final MemoryMigration migration = new MemoryMigration();
    private final MemoryCatalog catalog = migration.database.open(Selection.MANIFEST);
    private final ShutdownSignal signal = new ShutdownSignal();

    @TempDir
    private Path directory;

    @Test
    void withoutAManifestThereIsNothingToValidateOrLoad() {
        RunManifest none = manifestAt(Map.of());

        assertThat(none.validate(Optional.of(catalog.table()))).isEmpty();
        assertThat(none.isKnown()).isTrue();
        assertThat(none.identity()).isEmpty();
        none.load(signal);
        none.mustBeLoaded();
        assertThat(catalog.manifest().loaded()).isEmpty();
    }

    @Test
    void validManifestIsDescribed() throws IOException {
        RunManifest manifest = manifest("old/1,own/1\nold/2,own/2\n");

        List<PreflightFinding> findings = manifest.validate(Optional.of(catalog.table()));

        assertThat(findings)
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.INFO))
                .satisfies(finding -> assertThat(finding.text()).contains("2 lines with 2 object keys"));
    }

    @Test
    void missingManifestIsRefused() {
        RunManifest manifest =
                manifestAt(Map.of("MANIFEST", directory.resolve("none.csv").toString()));

        assertThat(manifest.validate(Optional.empty()))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.REFUSED));
        assertThat(manifest.isKnown()).isFalse();
    }

    @Test
    void manifestIsLoadedOnce() throws IOException {
        RunManifest manifest = validated("old/1,own/1\n");
        manifest.load(signal);
        assertThat(catalog.manifest().loaded()).isEqualTo(manifest.identity());
        manifest.mustBeLoaded();

        Files.delete(directory.resolve("m.csv"));
        manifest.load(signal);

        migration.put(1, "old/1");
        assertThat(catalog.table().work().page(Optional.empty(), 1).records())
                .singleElement()
                .satisfies(found -> assertThat(found.record().rowKey()).isEqualTo(RowKey.of("1")))
                .satisfies(found -> assertThat(found.record().targetKey()).contains("own/1"));
    }

    @Test
    void manifestOfAnIncompleteRunIsNotReplaced() throws IOException {
        RunManifest first = validated("old/1\n");
        first.load(signal);
        catalog.runs().startOrResume(first.identity());
        Optional<String> identity = first.identity();

        RunManifest second = validated("old/2\n");
        assertThat(second.compareWithLatestRun())
                .extracting(PreflightFinding::severity)
                .containsExactly(Severity.REFUSED);
        assertThatThrownBy(() -> second.load(signal)).isInstanceOf(Rejected.class);
        assertThat(catalog.manifest().loaded()).isEqualTo(identity);

        catalog.runs().complete(1, "{}");
        assertThat(second.compareWithLatestRun()).isEmpty();
        second.load(signal);
        assertThat(catalog.manifest().loaded()).isEqualTo(second.identity());
    }

    @Test
    void newKeyThatAMigratedRowUsesForAnotherObjectIsRefused() throws IOException {
        migration.put(1, "legacy/1.png");
        RunManifest first = validated("legacy/1.png,own/x\n");
        first.load(signal);
        catalog.runs().startOrResume(first.identity());
        RunId run = catalog.runs().latest().orElseThrow().id();
        Batch batch = new Batch(TestBatches.id(1), run, List.of(TestBatches.record(1)));
        CopiedRecord copied = new CopiedRecord(0, "own/x", "etag", OptionalLong.empty());
        catalog.outcomes().record(batch, List.of(copied));
        assertThat(catalog.table().update().apply(batch.id(), 1))
                .isEqualTo(ApplyResult.applied(RecordTotals.NONE.withMigrated(1)));
        catalog.runs().complete(1, "{}");

        assertThat(first.compareWithLatestRun()).isEmpty();
        assertThat(validated("legacy/1.png,own/x\nold/2,own/y\n").compareWithLatestRun())
                .isEmpty();
        assertThat(validated("old/2,own/x\n").compareWithLatestRun())
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.REFUSED))
                .satisfies(finding -> assertThat(finding.text())
                        .contains("line 1: 'own/x' of 'old/2', in use for the object of 'legacy/1.png'"));
    }

    @Test
    void manifestLoadedByAnotherProducerIsNoticed() throws IOException {
        RunManifest ours = validated("old/1\n");
        ours.load(signal);
        validated("old/2\n").load(signal);

        assertThatThrownBy(ours::mustBeLoaded).isInstanceOf(Unavailable.class);
    }

    @Test
    void nothingIsLoadedWithoutTheLock() throws IOException {
        RunManifest manifest = validated("old/1\n");
        migration.database.open().lock().acquire(Duration.ZERO);

        assertThatThrownBy(() -> manifest.load(signal)).isInstanceOf(Unavailable.class);
        assertThat(catalog.manifest().loaded()).isEmpty();
    }

    @Test
    void manifestThatChangedSinceItsValidationIsNotLoaded() throws IOException {
        RunManifest manifest = validated("old/1\n");
        Files.writeString(directory.resolve("m.csv"), "old/2\n");

        assertThatThrownBy(() -> manifest.load(signal)).isInstanceOf(Rejected.class);
        assertThat(catalog.manifest().loaded()).isEmpty();
    }

    @Test
    void stopRequestInterruptsLoading() throws IOException {
        RunManifest manifest = validated("old/1\n");
        signal.request();

        assertThatThrownBy(() -> manifest.load(signal)).isInstanceOf(Unavailable.class);
        assertThat(catalog.manifest().loaded()).isEmpty();
    }

    private RunManifest validated(String content) throws IOException {
        RunManifest manifest = manifest(content);
        manifest.validate(Optional.empty());
        return manifest;
    }

    private RunManifest manifest(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("m.csv"), content);
        return manifestAt(Map.of("MANIFEST", file.toString()));
    }

    private RunManifest manifestAt(Map<String, String> settings) {
        return migration.manifest(catalog, settings);
    }
}
