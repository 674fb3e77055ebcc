package dev.rehome.queue.redis;

import dev.rehome.common.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * A small pool of connections; every wait is bounded.
 *
 * <p>Whatever Redis or the network answers amiss becomes {@link Unavailable}: a loading, full, read-only or
 * failing Redis is waited out. Safe for use by any thread.
 */
final class RedisConnection implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final RedisClient client;
    private final String address;

    RedisConnection(RedisSettings settings, int connections) {
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis((int) CONNECT.toMillis())
                .socketTimeoutMillis((int) ANSWER.toMillis())
                .blockingSocketTimeoutMillis((int) ANSWER.toMillis());
        if (settings.tls()) {
            // Certificate and host name are checked against the JVM's own authorities.
            config.sslOptions(SslOptions.defaults());
        }
        if (!settings.user().isEmpty()) {
            config.user(settings.user());
        }
        if (settings.password().isPresent()) {
            config.password(settings.password().reveal());
        }
        this.address = settings.host() + ":" + settings.port();
        this.client = RedisClient.builder()
                .hostAndPort(new HostAndPort(settings.host(), settings.port()))
                .clientConfig(config.build())
                .poolConfig(pool(connections))
                .build();
    }

    private static GenericObjectPoolConfig<Connection> pool(int connections) {
        GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
        pool.setMaxTotal(connections);
        pool.setMaxIdle(connections);
        pool.setMaxWait(ANSWER);
        // No question before each call: each idle connection to a frozen Redis would wait for its answer in turn.
        pool.setTestWhileIdle(true);
        pool.setTimeBetweenEvictionRuns(IDLE);
        pool.setJmxEnabled(false);
        return pool;
    }

    /** Runs a command, with Redis' troubles classified. */
    <T> T call(Function<RedisClient, T> command) {
        try {
            return command.apply(client);
        } catch (JedisConnectionException lost) {
            // What killed one connection has killed the idle ones as well: the next call gets a fresh one.
            client.getPool().clear();
            throw new Unavailable("Redis at " + address + ": " + lost.getMessage(), lost);
        } catch (JedisException trouble) {
            throw new Unavailable("Redis at " + address + ": " + trouble.getMessage(), trouble);
        }
    }

    /** Runs a script by its hash, or by its text where Redis has forgotten it. */
    Object eval(RedisScript script, RedisKeys keys, String... arguments) {
        List<String> all = new ArrayList<>();
        all.add(keys.batchPrefix());
        Collections.addAll(all, arguments);
        return call(redis -> {
            try {
                return redis.evalsha(script.sha(), keys.scriptKeys(), all);
            } catch (JedisNoScriptException forgotten) {
                return redis.eval(script.text(), keys.scriptKeys(), all);
            }
        });
    }

    /** The same for a script that answers 1 for yes. */
    boolean confirm(RedisScript script, RedisKeys keys, String... arguments) {
        return Long.valueOf(1).equals(eval(script, keys, arguments));
    }

    @Override
    public void close() {
        client.close();
    }
}
