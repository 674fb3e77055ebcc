package dev.rehome.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The directory of one server, locked by the JVM that owns the server. */
final class ServerDirectory implements AutoCloseable {
    // A POSIX file lock belongs to the process, and closing any descriptor of the file releases it. So this JVM must
    // not even
    // open the file a second time, which this set of all its directories prevents.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private static final int TAIL_LINES = 25;

    private final Path root;
    private final FileChannel lockFile;

    private ServerDirectory(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /**
     * Creates the directory if needed and locks it.
     *
     * @throws ServerFailedException when another server, of this JVM or another, holds it
     */
    static ServerDirectory take(Path directory) {
        try {
            Path root = Files.createDirectories(directory).toRealPath();
            if (!HELD.add(root)) {
                throw new ServerFailedException(root
                        + " is in use by another server of this JVM; expected a directory of its own for each server");
            }
            try {
                return lock(root);
            } catch (IOException | RuntimeException failure) {
                HELD.remove(root);
                throw failure;
            }
        } catch (IOException failure) {
            throw new ServerFailedException("cannot use " + directory, failure);
        }
    }

    private static ServerDirectory lock(Path root) throws IOException {
        FileChannel channel =
                FileChannel.open(root.resolve("server.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new ServerFailedException(
                    root + " is in use by a server of another JVM; stop that JVM or choose another directory");
        }
        return new ServerDirectory(root, channel);
    }

    Path root() {
        return root;
    }

    Path data() {
        return root.resolve("data");
    }

    Path log() {
        return root.resolve("server.log");
    }

    /** The last lines of the log, or why they cannot be read; for messages. */
    String logTail() {
        try {
            List<String> lines =
                    Files.readString(log(), StandardCharsets.ISO_8859_1).lines().toList();
            return log() + " ends with:\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException failure) {
            return log() + " cannot be read: " + failure;
        }
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException failure) {
            throw new ServerFailedException("cannot release " + root, failure);
        } finally {
            HELD.remove(root);
        }
    }
}
