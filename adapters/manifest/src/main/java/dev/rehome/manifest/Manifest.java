package dev.rehome.manifest;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.ColumnCapacity;
import dev.rehome.manifest.ManifestSettings.S3Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A manifest at hand: a file, or a copy of an object, which {@link #close} deletes. It is read several times, each from its
 * beginning, and never held in memory. For use by one thread at a time.
 */
public final class Manifest implements AutoCloseable {
    private final ManifestSettings settings;
    private final Path file;
    private final boolean copy;

    private Manifest(ManifestSettings settings, Path file, boolean copy) {
        this.settings = settings;
        this.file = file;
        this.copy = copy;
    }

    /**
     * Gets hold of the manifest that the settings name.
     *
     * @throws Rejected when there is none that we may read
     * @throws Unavailable when S3 can't answer now
     */
    public static Manifest open(ManifestSettings settings) {
        String place = settings.place().orElseThrow();
        Optional<S3Address> address = S3Address.parse(place);
        if (address.isEmpty()) {
            return new Manifest(settings, readable(place), false);
        }
        Path file = null;
        try {
            file = Files.createTempDirectory("rehome-manifest-").resolve("manifest");
            new S3Download(settings.connection()).fetch(address.get(), file);
            return new Manifest(settings, file, true);
        } catch (IOException noRoom) {
            throw new UncheckedIOException("No place for a copy of the manifest in the temporary directory", noRoom);
        } catch (RuntimeException failure) {
            delete(file);
            throw failure;
        }
    }

    private static Path readable(String place) {
        try {
            Path file = Path.of(place);
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new Rejected("MANIFEST is no file that can be read: " + file.toAbsolutePath()
                        + ". Name one that is, or an object as s3://bucket/key; in a container it must be mounted.");
            }
            return file;
        } catch (InvalidPathException impossible) {
            throw new Rejected("MANIFEST is no file: " + impossible.getMessage() + ".", impossible);
        }
    }

    /**
     * Reads it all and judges it.
     *
     * @param bucket the source bucket
     * @param fit what the column can hold; empty when that isn't known, and then nothing is said about it
     * @throws Rejected when it can't be read or its columns can't be told
     */
    public ExaminedManifest examine(String bucket, TargetKeyRule keys, Optional<ColumnCapacity> fit) {
        return new Examination(file, settings, bucket, keys, fit).examine();
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
                Files.deleteIfExists(file.getParent());
            }
        } catch (IOException kept) {
            throw new UncheckedIOException("The copy of the manifest can't be deleted", kept);
        }
    }

    @Override
    public void close() {
        if (copy) {
            delete(file);
        }
    }
}
