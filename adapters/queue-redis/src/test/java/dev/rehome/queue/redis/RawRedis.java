package dev.rehome.queue.redis;

import dev.rehome.common.settings.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import redis.clients.jedis.RedisClient;

/** An operator's look into Redis, past our own code. */
final class RawRedis implements AutoCloseable {
    private final RedisClient client;

    RawRedis(RedisServer redis) {
        this.client = RedisClient.create("127.0.0.1", redis.port());
    }

    RedisClient client() {
        return client;
    }

    /** The settings of our own connection; at most 4 batches may be open, and 3 attempts count. */
    static RedisSettings settings(RedisServer redis, Duration lease) {
        return new RedisSettings("127.0.0.1", redis.port(), "", Secret.NONE, false, lease, 3, 4);
    }

    /** Everything that a migration has in Redis, by the key's last part; the moments of leases are left out. */
    Map<String, Object> dump(String migration) {
        String prefix = "rehome:{" + migration + "}:";
        Map<String, Object> all = new TreeMap<>();
        for (String key : client.keys("rehome:{" + migration + "}:*")) {
            Object value = switch (client.type(key)) {
                case "string" -> client.get(key);
                case "list" -> client.lrange(key, 0, -1);
                case "zset" -> client.zrange(key, 0, -1);
                case "set" -> List.copyOf(new java.util.TreeSet<>(client.smembers(key)));
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
