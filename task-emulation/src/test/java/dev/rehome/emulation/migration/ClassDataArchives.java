package dev.rehome.emulation.migration;

import dev.rehome.embedded.ChildJvm;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Archives of the classes that producer and consumer load (JEP 350). The tests start some hundred of these processes, and
 * loading classes takes half of the start. All JVMs of the tests share the archives, also those of a later build with the
 * same programs.
 */
final class ClassDataArchives {
    private static final List<String> PROGRAMS = List.of("producer", "consumer");

    /** A JVM writes its archive as it exits, which takes minutes on a machine that is busy with other things. */
    private static final Duration EXIT = Await.RUN.multipliedBy(4);

    private final Path directory;
    private final Map<String, Path> archives = new TreeMap<>();

    /** Opens a migration whose processes use {@link #command}. */
    @FunctionalInterface
    interface Opening {
        EmulatedMigration open() throws IOException, SQLException;
    }

    ClassDataArchives(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        for (String program : PROGRAMS) {
            archives.put(program, directory.resolve(program + "-" + version(program) + ".jsa"));
        }
    }

    /** The command of a program with its archive; where there is none, the JVM writes it when it exits. */
    List<String> command(String program) {
        Path archive = archives.get(program);
        return List.of(
                ChildJvm.program().toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xlog:disable",
                Files.exists(archive)
                        ? "-XX:SharedArchiveFile=" + archive
                        : "-XX:ArchiveClassesAtExit=" + unfinished(program),
                "-jar",
                jar(program).toString());
    }

    /** Makes missing archives by a small migration from beginning to end, while the other JVMs of the tests wait. */
    void make(Opening opening) throws IOException, SQLException {
        // Closing the file releases its lock.
        try (FileChannel file =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.lock();
            List<String> missing = PROGRAMS.stream()
                    .filter(program -> !Files.exists(archives.get(program)))
                    .toList();
            if (!missing.isEmpty()) {
                migrate(opening);
                for (String program : missing) {
                    Files.move(unfinished(program), archives.get(program), StandardCopyOption.ATOMIC_MOVE);
                }
            }
        }
    }

    private static void migrate(Opening opening) throws IOException, SQLException {
        try (EmulatedMigration migration = opening.open()) {
            List<MigrationProcess> both = List.of(migration.seed(40).producerProcess(), migration.consumerProcess());
            for (MigrationProcess each : both) {
                int code = each.exitCode(EXIT);
                if (code != 0) {
                    throw new IllegalStateException(each.name() + " ended with exit code " + code + "\n" + each.tail());
                }
            }
        }
    }

    private Path unfinished(String program) {
        return directory.resolve(program + ".unfinished");
    }

    private static Path jar(String program) {
        return Path.of(System.getProperty("rehome.test." + program));
    }

    /** Differs if any file of the program does: the JVM silently ignores an archive of other files, and starts slowly. */
    private static String version(String program) throws IOException {
        try (Stream<Path> files = Files.walk(jar(program).getParent())) {
            int hash = 0;
            for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
                hash = 31 * hash + (each + " " + Files.size(each) + " " + Files.getLastModifiedTime(each)).hashCode();
            }
            return Integer.toHexString(hash);
        }
    }
}
