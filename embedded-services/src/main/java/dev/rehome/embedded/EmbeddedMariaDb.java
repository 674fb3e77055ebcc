package dev.rehome.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A MariaDB with grant tables, utf8mb4, the default durability and no TLS, reachable over TCP on 127.0.0.1 only: the
 * 11.4 of the class path, or an installed one, if the system property {@code rehome.embedded.mariadb} names its mariadbd. Of
 * an installed one only the programs are used, never its service or settings.
 *
 * <p>{@link #kill} is a real crash: it leaves the data directory as it is at that moment, and {@link #restart} runs InnoDB's
 * recovery.
 */
public final class EmbeddedMariaDb extends EmbeddedServer {
    private static final String ROOT = "root";
    // The server greets first: three bytes of length, a sequence number, the version of the protocol, and the version
    // of the server, which ends with a zero byte.
    private static final int GREETING = 5;
    private static final int PROTOCOL_VERSION = 10;
    private static final int LONGEST_VERSION = 60;
    // Before 11.0 MariaDB prefixed its version with one of MySQL, for old replicas.
    private static final String MYSQL_PREFIX = "5.5.5-";
    private static final int RESPONSE_MILLIS = 2_000;

    private final MariaDbSettings settings;
    private final MariaDbInstallation installation;
    private volatile String version = "";

    private EmbeddedMariaDb(MariaDbSettings settings, MariaDbInstallation installation, ServerDirectory directory) {
        super(directory);
        this.settings = settings;
        this.installation = installation;
    }

    /** Starts with the defaults of {@link MariaDbSettings#in}. */
    public static EmbeddedMariaDb start(Path directory) {
        return start(MariaDbSettings.in(directory));
    }

    /**
     * Starts a server with the data that the directory holds, if any.
     *
     * @throws ServerFailedException when the directory is in use or the server doesn't start
     */
    public static EmbeddedMariaDb start(MariaDbSettings settings) {
        MariaDbInstallation installation = MariaDbInstallation.current();
        EmbeddedMariaDb server =
                new EmbeddedMariaDb(settings, installation, ServerDirectory.take(settings.directory()));
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

    /** The version that the server reports, such as {@code 11.4.5-MariaDB}. */
    public String version() {
        return version;
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
        return installation.server();
    }

    @Override
    List<String> prepare() throws IOException {
        Path root = directory().root();
        MariaDbFiles files = new MariaDbFiles(installation, directory());
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
            socket.setSoTimeout(RESPONSE_MILLIS);
            byte[] greeting = socket.getInputStream().readNBytes(GREETING + LONGEST_VERSION);
            if (greeting.length < GREETING + LONGEST_VERSION || greeting[GREETING - 1] != PROTOCOL_VERSION) {
                return false;
            }
            String text = new String(greeting, GREETING, LONGEST_VERSION, StandardCharsets.ISO_8859_1);
            String reported = text.substring(0, Math.max(0, text.indexOf('\0')));
            version = reported.startsWith(MYSQL_PREFIX) ? reported.substring(MYSQL_PREFIX.length()) : reported;
            return true;
        }
    }
}
