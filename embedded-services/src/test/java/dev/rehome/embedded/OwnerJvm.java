package dev.rehome.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A JVM that owns one server, for tests of what becomes of the server when the JVM ends. */
final class OwnerJvm implements AutoCloseable {
    private final Process process;
    private final long serverPid;

    private OwnerJvm(Process process, long serverPid) {
        this.process = process;
        this.serverPid = serverPid;
    }

    /** Starts the JVM and waits until its server runs. */
    static OwnerJvm start(String server, Path directory) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        ChildJvm.program().toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OwnerJvm.class.getName(),
                        server,
                        directory.toString()))
                .redirectError(Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader();
        return new OwnerJvm(process, Long.parseLong(output.readLine()));
    }

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[1]);
        EmbeddedServer server = switch (arguments[0]) {
            case "mariadb" -> EmbeddedMariaDb.start(directory);
            case "redis" -> EmbeddedRedis.start(directory);
            default -> EmbeddedObjectStore.start(directory);
        };
        System.out.println(server.pid());
        int end = System.in.read(); // until the test ends us, or ends itself
        System.exit(end);
    }

    long serverPid() {
        return serverPid;
    }

    boolean serverRuns() {
        return ProcessHandle.of(serverPid).filter(ProcessHandle::isAlive).isPresent();
    }

    void awaitServersEnd() {
        Deadline deadline = Deadline.in(Duration.ofSeconds(30));
        while (serverRuns() && !deadline.passed()) {
            deadline.pause();
        }
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    void terminate() {
        process.destroy();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
        ProcessHandle.of(serverPid).ifPresent(ProcessHandle::destroyForcibly);
    }
}
