package dev.rehome.manifest;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.CollisionCheck;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.ColumnCapacity;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.ObjectKeyRules;
import dev.rehome.common.store.Store;
import dev.rehome.common.store.StoreResult;
import dev.rehome.manifest.ManifestSettings.ObjectAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An opened manifest: a file, or a local copy of an object, which {@link #close} deletes. It is read several times from the
 * beginning, and never held in memory. For use by one thread at a time.
 */
public final class Manifest implements AutoCloseable {
    private final ManifestSettings settings;
    private final Path file;
    private final boolean isCopy;

    private Manifest(ManifestSettings settings, Path file, boolean isCopy) {
        this.settings = settings;
        this.file = file;
        this.isCopy = isCopy;
    }

    /**
     * Opens the manifest that the settings name. An object is copied to the temporary directory first: it is read several
     * times, and too slowly for one connection while it is loaded. Later versions of the object are ignored.
     *
     * @param stores opens the store of the object; used only if the settings name an object
     * @throws Rejected if the manifest doesn't exist, or reading it isn't permitted
     * @throws Unavailable if the store can't serve it now
     */
    public static Manifest open(ManifestSettings settings, Supplier<Store> stores) {
        String place = settings.place().orElseThrow();
        Optional<ObjectAddress> address = ObjectAddress.parse(place);
        if (address.isEmpty()) {
            return new Manifest(settings, readable(place), false);
        }
        Path copy = temporaryFile();
        try (Store store = stores.get()) {
            download(store, store.locate(address.get().bucket(), address.get().objectKey()), copy);
            return new Manifest(settings, copy, true);
        } catch (RuntimeException failure) {
            delete(copy);
            throw failure;
        }
    }

    private static void download(Store store, Location location, Path copy) {
        StoreResult<InputStream> object = store.reader()
                .orElseThrow(() -> new IllegalStateException("Expected a store that can read " + location))
                .read(location);
        object.refusal().ifPresent(refusal -> {
            throw new Rejected(
                    refusal.isNotFound()
                            ? "MANIFEST doesn't exist: " + refusal.message() + ". Name an existing object."
                            : "MANIFEST can't be read: " + refusal.message()
                                    + ". The producer needs s3:GetObject on the"
                                    + " object, kms:Decrypt on its key if it has one, and s3:ListBucket on the bucket.");
        });
        try (InputStream content = object.value().orElseThrow()) {
            Files.copy(content, copy);
        } catch (IOException broken) {
            throw new Unavailable(
                    "Copying the manifest " + location + " to " + copy + " failed: " + broken.getMessage(), broken);
        }
    }

    private static Path temporaryFile() {
        try {
            return Files.createTempDirectory("rehome-manifest-").resolve("manifest");
        } catch (IOException notWritable) {
            throw new UncheckedIOException(
                    "The temporary directory must be writable for a copy of MANIFEST", notWritable);
        }
    }

    private static Path readable(String place) {
        try {
            Path file = Path.of(place);
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new Rejected("MANIFEST isn't a readable file: " + file.toAbsolutePath()
                        + ". Name a readable file, which must be mounted if the producer runs in a container, or an"
                        + " object as s3://bucket/key.");
            }
            return file;
        } catch (InvalidPathException invalid) {
            throw new Rejected("MANIFEST isn't a readable file: " + invalid.getMessage() + ".", invalid);
        }
    }

    /**
     * Reads and validates the whole manifest.
     *
     * @param bucket the source bucket
     * @param targetKeys yields the target keys of entries without a new key
     * @param storeRules the keys that the stores accept
     * @param column the values that the column can hold; not checked if empty
     * @throws Rejected if the manifest isn't readable, is empty, or has ambiguous columns
     */
    public ValidatedManifest validate(
            String bucket, TargetKeyRule targetKeys, ObjectKeyRules storeRules, Optional<ColumnCapacity> column) {
        return ManifestValidator.of(
                        file, settings, bucket, targetKeys, storeRules, column, CollisionCheck.ofQuarterHeap())
                .validate();
    }

    private static void delete(Path copy) {
        try {
            Files.deleteIfExists(copy);
            Files.deleteIfExists(copy.getParent());
        } catch (IOException inUse) {
            throw new UncheckedIOException("The local copy of the manifest can't be deleted: " + copy, inUse);
        }
    }

    @Override
    public void close() {
        if (isCopy) {
            delete(file);
        }
    }
}
