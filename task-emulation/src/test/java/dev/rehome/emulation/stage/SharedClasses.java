package dev.rehome.emulation.stage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * Archives of the classes that producer and consumer load (JEP 350). The tests start some hundred of these processes,
 * and half of the time that one takes to start goes into loading classes.
 */
final class SharedClasses {
    private final Path directory;

    SharedClasses(Path directory) {
        this.directory = directory.resolve("classes");
    }

    /** Where they are, with the logs of the migration that made them. */
    Path directory() {
        return directory;
    }

    /** Options of a JVM that uses the archive, or that makes it at its end where there is none. */
    List<String> options(String kind) {
        Path archive = directory.resolve(kind + ".jsa");
        return List.of(
                "-Xlog:disable",
                (Files.exists(archive) ? "-XX:SharedArchiveFile=" : "-XX:ArchiveClassesAtExit=") + archive);
    }

    /** Makes both by a small migration from beginning to end, before any other process is started. */
    void make(MigrationStage stage) throws SQLException {
        MigrationProcess producer = stage.seed(40).producer();
        MigrationProcess consumer = stage.consumer();
        for (MigrationProcess each : List.of(producer, consumer)) {
            int code = each.exitCode(Patience.RUN);
            if (code != 0) {
                throw new IllegalStateException(each.name() + " ended with " + code + "\n" + each.tail());
            }
        }
    }
}
