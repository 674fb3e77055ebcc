package dev.rehome.queue.redis;

import dev.rehome.common.TemporaryDirectory;
import dev.rehome.embedded.EmbeddedRedis;
import java.io.IOException;

/** The default: needs nothing but Java. */
record EmbeddedRedisServer(EmbeddedRedis redis, TemporaryDirectory directory) implements RedisServer {
    static EmbeddedRedisServer start() {
        TemporaryDirectory directory = TemporaryDirectory.create("rehome-redis");
        return new EmbeddedRedisServer(EmbeddedRedis.start(directory.path()), directory);
    }

    @Override
    public int port() {
        return redis.port();
    }

    @Override
    public void kill() {
        redis.kill();
    }

    @Override
    public void restart() {
        redis.restart();
    }

    @Override
    public void freeze() {
        redis.freeze();
    }

    @Override
    public void thaw() {
        redis.thaw();
    }

    @Override
    public void close() throws IOException {
        redis.close();
        directory.close();
    }
}
