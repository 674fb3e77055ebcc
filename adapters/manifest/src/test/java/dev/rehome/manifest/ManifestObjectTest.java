package dev.rehome.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.ManifestEntry;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.store.InMemoryStore;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.ObjectReader;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.Store;
import dev.rehome.common.store.StoreResult;
import dev.rehome.common.store.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Manifests that are objects in a store. */
class ManifestObjectTest {
    private static final ManifestSettings SETTINGS =
            ManifestSettings.from(new Environment(Map.of("MANIFEST", "s3://lists/part 1.csv")));

    private final InMemoryStore store = new InMemoryStore("lists");
    private List<Path> before;

    @BeforeEach
    void listCopies() throws IOException {
        before = copies();
    }

    private static List<Path> copies() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("rehome-manifest-"))
                    .toList();
        }
    }

    @Test
    void objectIsCopiedOnceAndTheCopyIsDeleted() throws IOException {
        store.put(store.locate("lists", "part 1.csv"), StoredObject.of("image/a\nimage/b,own/b\n"));
        List<ManifestEntry> entries = new ArrayList<>();
        try (Manifest manifest = Manifest.open(SETTINGS, () -> store)) {
            store.put(store.locate("lists", "part 1.csv"), StoredObject.of("another"));
            ValidatedManifest validated = manifest.validate(
                    "old",
                    new TargetKeyRule("image", "avatar", KeyLayout.PREFIX),
                    any -> Optional.empty(),
                    Optional.empty());
            validated.read(all -> all.forEachRemaining(entries::add));
        }
        assertThat(entries)
                .containsExactly(
                        new ManifestEntry("image/a", Optional.empty()),
                        new ManifestEntry("image/b", Optional.of("own/b")));
        assertThat(copies()).isEqualTo(before);
    }

    @Test
    void missingObjectIsRejected() throws IOException {
        assertThatThrownBy(() -> Manifest.open(SETTINGS, () -> store).close())
                .isInstanceOf(Rejected.class)
                .hasMessageStartingWith("MANIFEST doesn't exist: ")
                .hasMessageContaining("lists/part 1.csv");
        assertThat(copies()).isEqualTo(before);
    }

    @Test
    void deniedObjectIsRejectedWithTheMissingPermissions() {
        Refusal refusal = new Refusal(FailureCode.ACCESS_DENIED, "AccessDenied by policy", Refusal.Scope.UNCERTAIN);

        assertThatThrownBy(() -> Manifest.open(SETTINGS, () -> reading(any -> StoreResult.refused(refusal)))
                        .close())
                .isInstanceOf(Rejected.class)
                .hasMessageStartingWith("MANIFEST can't be read: AccessDenied by policy")
                .hasMessageContaining("s3:GetObject");
    }

    @Test
    void brokenConnectionIsRetryable() throws IOException {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset by peer");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
            }
        };

        assertThatThrownBy(() -> Manifest.open(SETTINGS, () -> reading(any -> StoreResult.of(broken)))
                        .close())
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("reset by peer");
        assertThat(copies()).isEqualTo(before);
    }

    private static Store reading(ObjectReader reader) {
        return new Store() {
            @Override
            public Location locate(String container, String objectKey) {
                return new Location("memory", container, objectKey);
            }

            @Override
            public Optional<ObjectReader> reader() {
                return Optional.of(reader);
            }

            @Override
            public void close() {}
        };
    }
}
