package dev.rehome.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The process that a pid file names and that nobody owns any more, because its JVM was killed. Call only while holding
 * the directory: otherwise the process may well have an owner.
 */
final class Orphan {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Orphan() {}

    /**
     * Kills the process named by the directory's pid file, if its command line proves that it is a server of this
     * directory: ids are reused.
     *
     * @param program the path of the server's program
     */
    static void reap(ServerDirectory directory, Path program) {
        try {
            if (Files.exists(directory.pidFile())) {
                String pid = Files.readString(directory.pidFile()).strip();
                if (pid.matches("\\d{1,18}") && isOurs(pid, directory, program)) {
                    kill(Long.parseLong(pid));
                }
                Files.deleteIfExists(directory.pidFile());
            }
        } catch (IOException failure) {
            throw new ServerFailedException("cannot clean up after the last server in " + directory.root(), failure);
        }
    }

    private static boolean isOurs(String pid, ServerDirectory directory, Path program) {
        String commandLine = commandLine(pid);
        return commandLine.contains(program.getFileName().toString()) && commandLine.contains(directory.root() + "/");
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        // A dead process that nobody waits for stays in the table with an empty command line.
        Deadline deadline = Deadline.in(PATIENCE);
        while (!commandLine(Long.toString(pid)).isEmpty()) {
            if (deadline.passed()) {
                throw new ServerFailedException("process " + pid + ", left over from a killed JVM, doesn't end");
            }
            deadline.pause();
        }
    }

    // ProcessHandle.Info cuts long command lines, and a class path is long.
    private static String commandLine(String pid) {
        try {
            byte[] line = Files.readAllBytes(Path.of("/proc", pid, "cmdline"));
            return new String(line, StandardCharsets.UTF_8).replace('\0', ' ').strip();
        } catch (IOException gone) {
            return "";
        }
    }
}
