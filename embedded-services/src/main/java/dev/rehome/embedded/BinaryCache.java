package dev.rehome.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The folder that keeps unpacked server programs between runs, named by the system property {@code rehome.embedded.cache};
 * default: {@code ~/.cache/rehome}. Any number of processes may share it.
 */
final class BinaryCache {
    /** Writes a program's files into an empty directory. */
    interface Unpacker {
        void unpackInto(Path directory) throws IOException;
    }

    private final Path root;

    BinaryCache(Path root) {
        this.root = root.toAbsolutePath();
    }

    static BinaryCache standard() {
        String configured = System.getProperty("rehome.embedded.cache");
        return new BinaryCache(
                configured == null
                        ? Path.of(System.getProperty("user.home"), ".cache", "rehome")
                        : Path.of(configured));
    }

    /**
     * The directory of that name, unpacked by the first caller of all processes. It appears by a rename, so it is either complete
     * or absent.
     *
     * @throws ServerFailedException when the folder cannot be written to
     */
    Path directory(String name, Unpacker unpacker) {
        Path target = root.resolve(name);
        try {
            if (!Files.isDirectory(target)) {
                unpackOnce(target, unpacker);
            }
            return target;
        } catch (IOException failure) {
            throw new ServerFailedException(
                    "cannot unpack " + name + " into " + root + "; set -Drehome.embedded.cache to a writable folder",
                    failure);
        }
    }

    private void unpackOnce(Path target, Unpacker unpacker) throws IOException {
        // The file lock excludes other processes, the monitor other threads of this JVM.
        synchronized (BinaryCache.class) {
            Files.createDirectories(root);
            Path lockFile = root.resolve(target.getFileName() + ".lock");
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !Files.isDirectory(target)) {
                    Path unfinished = root.resolve(target.getFileName() + ".unpacking");
                    FileTree.delete(unfinished); // left by a process that was killed while unpacking
                    unpacker.unpackInto(Files.createDirectory(unfinished));
                    Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
                }
            }
        }
    }
}
