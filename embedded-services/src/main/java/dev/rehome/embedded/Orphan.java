package dev.rehome.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A server process whose JVM was killed, found by its pid file. Call only while holding the lock of the directory:
 * otherwise the JVM that owns the process may still run.
 */
final class Orphan {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

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
        // A dead process stays in the process table, with an empty command line, until its parent reaps it.
        Deadline deadline = Deadline.in(TIMEOUT);
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
