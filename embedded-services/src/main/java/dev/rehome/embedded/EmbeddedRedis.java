package dev.rehome.embedded;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A Redis 7.0 with an append-only file, synced every second, that evicts nothing, on 127.0.0.1 only.
 *
 * <p>Each start rewrites the append-only file before the server can be used. Otherwise, if a crash had cut the file within a
 * transaction, the next start would lose everything that was written after the crash (valkey-io/valkey issue 4342).
 */
public final class EmbeddedRedis extends EmbeddedServer {
    private final RedisSettings settings;
    private final Path program;

    private EmbeddedRedis(RedisSettings settings, Path program, ServerDirectory directory) {
        super(directory);
        this.settings = settings;
        this.program = program;
    }

    /** Starts with the defaults of {@link RedisSettings#in}. */
    public static EmbeddedRedis start(Path directory) {
        return start(RedisSettings.in(directory));
    }

    /**
     * Starts a server with the data that the directory holds, if any.
     *
     * @throws ServerFailedException when the directory is in use (Redis itself doesn't check this and would lose writes),
     *     or the server doesn't start
     */
    public static EmbeddedRedis start(RedisSettings settings) {
        Path program = Programs.redis();
        EmbeddedRedis server = new EmbeddedRedis(settings, program, ServerDirectory.take(settings.directory()));
        server.open();
        return server;
    }

    /** The server's address, without the password. */
    public URI uri() {
        return URI.create("redis://127.0.0.1:" + port());
    }

    /** Stops the server, deletes its data and starts it empty, on the same port. */
    public synchronized void wipe() {
        requireOpen();
        stop();
        try {
            FileTree.delete(directory().data());
        } catch (IOException failure) {
            throw new ServerFailedException("cannot delete " + directory().data(), failure);
        }
        launch();
    }

    /** Copies the data as it is on the disk at this moment, like a backup of the volume; the server may be running. */
    public synchronized void backUp(Path folder) throws IOException {
        FileTree.copy(directory().data(), folder);
    }

    /** Kills the server, replaces its data with a backup and starts it, on the same port. */
    public synchronized void putBack(Path folder) throws IOException {
        requireOpen();
        kill();
        FileTree.delete(directory().data());
        FileTree.copy(folder, directory().data());
        launch();
    }

    @Override
    Path program() {
        return program;
    }

    @Override
    List<String> prepare() throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "port " + port(),
                "bind 127.0.0.1",
                "dir " + quoted(Files.createDirectories(directory().data())),
                "appendonly yes",
                "appendfsync everysec",
                "save \"\"", // the append-only file alone holds the data
                "maxmemory-policy noeviction"));
        lines.addAll(settings.directives());
        Path file = directory().root().resolve("redis.conf");
        Secret.write(file, String.join("\n", lines) + "\n");
        return List.of(file.toString());
    }

    private static String quoted(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    boolean isReady() throws IOException {
        try (Jedis client = client()) {
            return client.ping().equals("PONG");
        } catch (JedisException notYet) {
            throw new IOException(notYet);
        }
    }

    @Override
    void settle(Deadline deadline) throws IOException {
        try (Jedis client = client()) {
            if (!isRewriteRunning(client)) {
                client.bgrewriteaof();
            }
            while (isRewriteRunning(client)) {
                if (deadline.passed()) {
                    throw new IOException("the rewrite of the append-only file takes too long");
                }
                deadline.pause();
            }
            if (!client.info("persistence").contains("aof_last_bgrewrite_status:ok")) {
                throw new IOException("the append-only file could not be rewritten");
            }
        } catch (JedisException failure) {
            throw new IOException(failure);
        }
    }

    /** Redis may have begun a rewrite by itself after it loaded the file. */
    private static boolean isRewriteRunning(Jedis client) {
        String persistence = client.info("persistence");
        return !persistence.contains("aof_rewrite_in_progress:0") || !persistence.contains("aof_rewrite_scheduled:0");
    }

    private Jedis client() {
        return new Jedis("127.0.0.1", port());
    }
}
