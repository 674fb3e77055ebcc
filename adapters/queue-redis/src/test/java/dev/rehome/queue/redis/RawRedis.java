package dev.rehome.queue.redis;

import dev.rehome.common.Eventually;
import dev.rehome.common.queue.QueueSettings;
import dev.rehome.common.settings.MigrationIdentity;
import dev.rehome.common.settings.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import redis.clients.jedis.RedisClient;

/** Redis as an operator sees it, and queues on it. */
final class RawRedis implements AutoCloseable {
    private final RedisClient client;

    RawRedis(RedisServer redis) {
        this.client = RedisClient.create("127.0.0.1", redis.port());
    }

    RedisClient client() {
        return client;
    }

    /**
     * Waits until every acknowledged write is in the append-only file, where it survives a kill. While a sync of the disk
     * takes long, Redis acknowledges writes up to two seconds before it writes them.
     */
    void awaitWritten() {
        Eventually.holds(
                "Redis has written its file", () -> client.info("persistence").contains("aof_buffer_length:0\r"));
    }

    /** The settings of a connection. */
    static RedisSettings settings(RedisServer redis) {
        return new RedisSettings("127.0.0.1", redis.port(), "", Secret.NONE, false, Optional.empty());
    }

    /** A queue in which at most 4 batches may be open and 3 attempts count. */
    static RedisBatchQueue queue(RedisServer redis, String migration, Duration lease) {
        return new RedisBatchQueue(
                settings(redis),
                new QueueSettings(lease, 3, 4),
                new MigrationIdentity(migration, new TreeMap<>(Map.of("DATABASE_HOST", "db"))));
    }

    /** Everything that a migration has in Redis, by the key's last part, without the expiries of leases. */
    Map<String, Object> dump(String migration) {
        String prefix = "rehome:{" + migration + "}:";
        Map<String, Object> all = new TreeMap<>();
        for (String key : client.keys("rehome:{" + migration + "}:*")) {
            Object value = switch (client.type(key)) {
                case "string" -> client.get(key);
                case "list" -> client.lrange(key, 0, -1);
                case "zset" -> client.zrange(key, 0, -1);
                case "set" -> List.copyOf(new TreeSet<>(client.smembers(key)));
                default -> new TreeMap<>(client.hgetAll(key));
            };
            all.put(key.substring(prefix.length()), value);
        }
        return all;
    }

    @Override
    public void close() {
        client.close();
    }
}
