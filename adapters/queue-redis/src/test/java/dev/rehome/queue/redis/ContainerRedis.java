package dev.rehome.queue.redis;

import dev.rehome.common.ContainerServer;
import java.util.Map;
import redis.clients.jedis.RedisClient;

/** The image redis:7.4 with the configuration of the embedded server. */
final class ContainerRedis implements RedisServer {
    private final ContainerServer server = new ContainerServer(
            "redis:7.4",
            6379,
            Map.of(),
            ContainerRedis::ping,
            "redis-server",
            "--appendonly",
            "yes",
            "--appendfsync",
            "everysec",
            "--save",
            "",
            "--maxmemory-policy",
            "noeviction");

    private static void ping(int port) {
        try (RedisClient client = RedisClient.create("127.0.0.1", port)) {
            client.ping();
        }
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public void kill() {
        server.kill();
    }

    @Override
    public void restart() {
        server.restart();
    }

    @Override
    public void freeze() {
        server.freeze();
    }

    @Override
    public void thaw() {
        server.thaw();
    }

    @Override
    public void close() {
        server.close();
    }
}
