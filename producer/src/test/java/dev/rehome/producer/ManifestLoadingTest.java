package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Rejected;
import dev.rehome.common.TestClock;
import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.MemoryCatalog;
import dev.rehome.common.catalog.MemoryDatabase;
import dev.rehome.common.catalog.Selection;
import dev.rehome.common.process.ShutdownSignal;
import dev.rehome.common.settings.Environment;
import dev.rehome.manifest.ExaminedManifest;
import dev.rehome.manifest.Manifest;
import dev.rehome.manifest.ManifestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestLoadingTest {
    private static final TargetKeyRule KEYS = new TargetKeyRule("old", "new", KeyLayout.PREFIX);

    private final TestClock time = new TestClock();
    private final MemoryDatabase database = new MemoryDatabase(KEYS, 10, time);
    private final MemoryCatalog catalog = database.open(Selection.MANIFEST);
    private final ShutdownSignal signal = new ShutdownSignal();

    @TempDir
    private Path directory;

    private ExaminedManifest manifest(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("m.csv"), content);
        Environment env = new Environment(Map.of("MANIFEST", file.toString()));
        try (Manifest manifest = Manifest.open(ManifestSettings.from(env))) {
            return manifest.examine("bucket", KEYS, Optional.empty());
        }
    }

    private ManifestLoading loading(ExaminedManifest manifest) {
        return new ManifestLoading(catalog.runs(), catalog.lock(), catalog.manifest(), manifest, time, signal);
    }

    @Test
    void itIsLoadedOnceAndFound() throws IOException {
        ExaminedManifest manifest = manifest("old/1,own/1\n");
        loading(manifest).load();
        assertThat(catalog.manifest().loaded()).contains(manifest.identity());
        loading(manifest).mustBeLoaded();

        Files.delete(directory.resolve("m.csv"));
        loading(manifest).load();

        database.rows().put(RowKey.of("1"), "old/1");
        assertThat(catalog.table().work().page(Optional.empty(), 1).records())
                .singleElement()
                .satisfies(found -> assertThat(found.record().targetKey()).contains("own/1"));
    }

    @Test
    void theManifestOfARunThatIsNotCompleteStays() throws IOException {
        ExaminedManifest first = manifest("old/1\n");
        loading(first).load();
        catalog.runs().startOrResume(Optional.of(first.identity()));

        assertThatThrownBy(() -> loading(manifest("old/2\n")).load()).isInstanceOf(Rejected.class);
        assertThat(catalog.manifest().loaded()).contains(first.identity());

        catalog.runs().complete(1, "{}");
        ExaminedManifest second = manifest("old/2\n");
        loading(second).load();
        assertThat(catalog.manifest().loaded()).contains(second.identity());
    }

    @Test
    void anotherProducersManifestIsNoticed() throws IOException {
        ExaminedManifest ours = manifest("old/1\n");
        ManifestLoading loading = loading(ours);
        loading.load();
        loading(manifest("old/2\n")).load();
        assertThatThrownBy(loading::mustBeLoaded).isInstanceOf(Unavailable.class);
    }

    @Test
    void nothingIsLoadedWithoutTheLock() throws IOException {
        database.open().lock().acquire(Duration.ZERO);
        assertThatThrownBy(() -> loading(manifest("old/1\n")).load()).isInstanceOf(Unavailable.class);
        assertThat(catalog.manifest().loaded()).isEmpty();
    }

    @Test
    void aManifestThatChangedIsNotLoadedWhole() throws IOException {
        ExaminedManifest manifest = manifest("old/1\n");
        Files.writeString(directory.resolve("m.csv"), "old/2\n");
        assertThatThrownBy(() -> loading(manifest).load()).isInstanceOf(Rejected.class);
        assertThat(catalog.manifest().loaded()).isEmpty();
    }

    @Test
    void loadingEndsWhenAskedToStop() throws IOException {
        signal.request();
        assertThatThrownBy(() -> loading(manifest("old/1\n")).load()).isInstanceOf(Unavailable.class);
        assertThat(catalog.manifest().loaded()).isEmpty();
    }
}
