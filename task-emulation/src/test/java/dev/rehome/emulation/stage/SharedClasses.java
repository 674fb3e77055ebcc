package dev.rehome.emulation.stage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Archives of the classes that producer and consumer load (JEP 350). The tests start some hundred of these processes,
 * and half of the time that one takes to start goes into loading classes. All JVMs of tests share them, those of a later
 * build too if the programs are the same.
 */
final class SharedClasses {
    private static final List<String> KINDS = List.of("producer", "consumer");

    private final Path directory;
    private final Map<String, Path> archives = new TreeMap<>();

    SharedClasses(Path parent) throws IOException {
        this.directory = Files.createDirectories(parent.resolve("classes"));
        for (String kind : KINDS) {
            archives.put(kind, directory.resolve(kind + "-" + version(kind) + ".jsa"));
        }
    }

    /** Options of a JVM that uses the archive, or that makes it at its end where there is none. */
    List<String> options(String kind) {
        Path archive = archives.get(kind);
        return List.of(
                "-Xlog:disable",
                Files.exists(archive) ? "-XX:SharedArchiveFile=" + archive : "-XX:ArchiveClassesAtExit=" + fresh(kind));
    }

    /** Makes both by a small migration from beginning to end where they are missing, while other JVMs wait for them. */
    void make(Servers servers) throws IOException, SQLException {
        try (FileChannel file =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // Let go when the file is closed.
            file.lock();
            if (!archives.values().stream().allMatch(Files::exists)) {
                migrate(servers);
                for (String kind : KINDS) {
                    Files.move(fresh(kind), archives.get(kind), StandardCopyOption.ATOMIC_MOVE);
                }
            }
        }
    }

    private void migrate(Servers servers) throws IOException, SQLException {
        try (MigrationStage stage = new MigrationStage(servers, directory)) {
            List<MigrationProcess> both = List.of(stage.seed(40).producer(), stage.consumer());
            for (MigrationProcess each : both) {
                int code = each.exitCode(Patience.RUN);
                if (code != 0) {
                    throw new IllegalStateException(each.name() + " ended with " + code + "\n" + each.tail());
                }
            }
        }
    }

    private Path fresh(String kind) {
        return directory.resolve(kind + ".making");
    }

    /** Differs where any file of the program does: the JVM refuses an archive of others, and starts slowly without a word. */
    private static String version(String kind) throws IOException {
        try (Stream<Path> files = Files.walk(MigrationStage.program(kind).getParent())) {
            int hash = 0;
            for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
                hash = 31 * hash + (each + " " + Files.size(each) + " " + Files.getLastModifiedTime(each)).hashCode();
            }
            return Integer.toHexString(hash);
        }
    }
}
