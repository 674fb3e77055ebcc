package dev.rehome.embedded;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A Redis 7.0 with an append-only file, synced every second, that evicts nothing, on 127.0.0.1 only.
 *
 * <p>Each start rewrites the append-only file before anybody may use the server. A file cut inside a transaction by a
 * crash otherwise swallows, at the next start, what was written after the crash (valkey-io/valkey issue 4342).
 */
public final class EmbeddedRedis extends SupervisedServer {
    private final RedisSettings settings;
    private final Path program;

    private EmbeddedRedis(RedisSettings settings, Path program, ServerDirectory directory) {
        super(directory, settings.port());
        this.settings = settings;
        this.program = program;
    }

    /** Starts with the defaults of {@link RedisSettings#in}. */
    public static EmbeddedRedis start(Path directory) {
        return start(RedisSettings.in(directory));
    }

    /**
     * Starts a server, on the data that the directory holds or on none.
     *
     * @throws ServerFailedException when the directory is taken (Redis itself wouldn't notice, and would lose writes),
     *     or the server doesn't come up
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

    /** Copies the data as it is on the disk at this moment, as a backup of the volume does; the server may run. */
    public synchronized void backUp(Path folder) throws IOException {
        FileTree.copy(directory().data(), folder);
    }

    /** Kills the server, puts a backup in the place of its data and starts it, on the same port. */
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
        Files.createDirectories(directory().data());
        return List.of(
                new RedisConfiguration(settings, port(), directory()).write().toString());
    }

    @Override
    boolean isReady() throws IOException {
        try (RedisConversation conversation = converse()) {
            return conversation.answer("PING").equals("PONG");
        }
    }

    @Override
    void settle(Deadline deadline) throws IOException {
        try (RedisConversation conversation = converse()) {
            String answer = conversation.answer("BGREWRITEAOF");
            // A rewrite that Redis began by itself after loading the file does as well.
            if (!answer.startsWith("Background") && !answer.contains("already in progress")) {
                throw new IOException("BGREWRITEAOF answered " + answer);
            }
            while (!isRewritten(conversation.answer("INFO", "persistence"))) {
                if (deadline.passed()) {
                    throw new IOException("the append-only file is not rewritten in time");
                }
                deadline.pause();
            }
        }
    }

    private static boolean isRewritten(String persistence) throws IOException {
        List<String> lines = persistence.lines().toList();
        if (!lines.contains("aof_rewrite_in_progress:0") || !lines.contains("aof_rewrite_scheduled:0")) {
            return false;
        }
        if (!lines.contains("aof_last_bgrewrite_status:ok")) {
            throw new IOException("the append-only file could not be rewritten");
        }
        return true;
    }

    private RedisConversation converse() throws IOException {
        return RedisConversation.open(port(), settings.password());
    }
}
