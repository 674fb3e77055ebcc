package dev.rehome.common;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory that outlives the tests of one class; closing it deletes it with everything in it. In memory where the machine
 * offers that: a database that creates and drops a thousand tables spends most of its time in the file system.
 */
public record TemporaryDirectory(Path path) implements AutoCloseable {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long ENOUGH_BYTES = 2L << 30;

    /** Makes one whose name begins with that prefix. */
    public static TemporaryDirectory create(String prefix) {
        try {
            boolean inMemory =
                    Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() >= ENOUGH_BYTES;
            return new TemporaryDirectory(
                    inMemory ? Files.createTempDirectory(MEMORY, prefix) : Files.createTempDirectory(prefix));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(path)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.delete(each);
        }
    }
}
