package dev.rehome.queue.redis;

import dev.rehome.common.ContainerServer;
import java.io.IOException;

/** A Redis on 127.0.0.1 with an append-only file, synced every second, that evicts nothing. */
interface RedisServer extends AutoCloseable {
    /** Starts the kind that this build asks for. */
    static RedisServer start() {
        return ContainerServer.wanted() ? new ContainerRedis() : EmbeddedRedisServer.start();
    }

    /** The port on 127.0.0.1. Stays the same over {@link #kill} and {@link #restart}. */
    int port();

    /** Ends the process at once (SIGKILL) and waits until it is gone. */
    void kill();

    /** Stops the process if it runs, and starts it on its previous data. Returns when it responds. */
    void restart();

    /** Freezes the process: connections stay open and nothing responds. */
    void freeze();

    /** Resumes a frozen process. */
    void thaw();

    /** Stops the server and deletes its data. */
    @Override
    void close() throws IOException;
}
