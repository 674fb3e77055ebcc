package dev.rehome.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A MariaDB 11.4 with grant tables, utf8mb4, the default durability and no TLS, reachable over TCP on 127.0.0.1 only.
 *
 * <p>Crashes are real ones: {@link #kill} leaves the data directory as the server left it, and {@link #restart} runs
 * InnoDB's recovery.
 */
public final class EmbeddedMariaDb extends SupervisedServer {
    private static final String ROOT = "root";
    // The server greets first: three bytes of length, a sequence number, then the protocol's version.
    private static final int GREETING = 5;
    private static final int PROTOCOL_VERSION = 10;
    private static final int ANSWER_MILLIS = 2_000;

    private final MariaDbSettings settings;
    private final Path base;

    private EmbeddedMariaDb(MariaDbSettings settings, Path base, ServerDirectory directory) {
        super(directory, settings.port());
        this.settings = settings;
        this.base = base;
    }

    /** Starts with the defaults of {@link MariaDbSettings#in}. */
    public static EmbeddedMariaDb start(Path directory) {
        return start(MariaDbSettings.in(directory));
    }

    /**
     * Starts a server, on the data that the directory holds or on none.
     *
     * @throws ServerFailedException when the directory is taken or the server doesn't come up
     */
    public static EmbeddedMariaDb start(MariaDbSettings settings) {
        Path base = Programs.mariaDb();
        EmbeddedMariaDb server = new EmbeddedMariaDb(settings, base, ServerDirectory.take(settings.directory()));
        server.open();
        return server;
    }

    /**
     * The URL for MariaDB Connector/J, without a user.
     *
     * @param database a database that exists, or empty for none
     */
    public String jdbcUrl(String database) {
        return "jdbc:mariadb://127.0.0.1:" + port() + "/" + database + "?sslMode=disable";
    }

    /** A user with all privileges, from 127.0.0.1. */
    public String rootUser() {
        return ROOT;
    }

    /** The password of {@link #rootUser}. */
    public String rootPassword() {
        return settings.rootPassword();
    }

    @Override
    Path program() {
        return base.resolve("bin/mariadbd");
    }

    @Override
    List<String> prepare() throws IOException {
        Path root = directory().root();
        MariaDbFiles files = new MariaDbFiles(base, directory());
        files.create();
        List<String> arguments =
                new ArrayList<>(files.commonArguments(directory().data()));
        arguments.add("--pid-file=" + root.resolve("mariadbd.pid"));
        arguments.add("--init-file=" + files.writeInitFile(settings));
        arguments.add("--bind-address=127.0.0.1");
        arguments.add("--port=" + port());
        arguments.add("--socket="); // none: its path may be at most 107 bytes long, ours may be longer
        arguments.add("--skip-name-resolve");
        arguments.add("--character-set-server=utf8mb4");
        arguments.addAll(settings.serverArguments());
        return arguments;
    }

    @Override
    boolean isReady() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(ANSWER_MILLIS);
            byte[] greeting = socket.getInputStream().readNBytes(GREETING);
            return greeting.length == GREETING && greeting[GREETING - 1] == PROTOCOL_VERSION;
        }
    }
}
