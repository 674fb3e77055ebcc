package dev.rehome.producer.operator;

import dev.rehome.common.store.ObjectWriter;
import dev.rehome.common.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Supplier;

/** The place of a report's files. A file appears under its name only once it is complete. */
interface ReportDestination extends AutoCloseable {
    /** Where a file is written before it is {@link #publish}ed. */
    Path scratch(String name) throws IOException;

    /** Moves a complete file to its place, under its name; replaces an earlier one. */
    void publish(Path written, String name) throws IOException;

    @Override
    void close();

    /** A place that {@link #of} accepts. */
    static String checked(String place) {
        boolean isAddress = place.matches("(?i)s3:.*|[a-z][a-z0-9+.-]*://.*");
        if (place.isBlank() || (isAddress && !place.matches("s3://[^/]+(/.*)?"))) {
            throw new IllegalArgumentException("Expected s3://bucket/prefix or a directory, got '" + place + "'");
        }
        return place;
    }

    /** A directory, or {@code s3://bucket/prefix} in the store. */
    static ReportDestination of(String place, Supplier<Store> store) {
        if (!checked(place).startsWith("s3://")) {
            return new Directory(Path.of(place));
        }
        String[] parts = place.substring("s3://".length()).split("/", 2);
        String prefix = parts.length == 1 || parts[1].isEmpty() ? "" : parts[1].replaceAll("/+$", "") + "/";
        return new Bucket(store.get(), parts[0], prefix);
    }

    /** A directory; a file is written beside its place and renamed. */
    record Directory(Path path) implements ReportDestination {
        @Override
        public Path scratch(String name) throws IOException {
            return Files.createDirectories(path).resolve("." + name + ".part");
        }

        @Override
        public void publish(Path written, String name) throws IOException {
            Files.move(
                    written, path.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }

        @Override
        public void close() {
            // A directory needs no closing.
        }
    }

    /** A container of a store; a file is written to the temporary directory and uploaded in one request. */
    record Bucket(Store store, String container, String prefix) implements ReportDestination {
        @Override
        public Path scratch(String name) throws IOException {
            return Files.createTempFile("rehome-report-", ".part");
        }

        @Override
        public void publish(Path written, String name) throws IOException {
            ObjectWriter writer = store.writer().orElseThrow();
            try (InputStream content = Files.newInputStream(written)) {
                writer.write(store.locate(container, prefix + name), content, Files.size(written))
                        .orElseThrow();
            } finally {
                Files.deleteIfExists(written);
            }
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
