package dev.rehome.queue.redis;

import dev.rehome.common.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.SSLParameters;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * A small pool of connections; every wait is bounded.
 *
 * <p>Every error of Redis or the network becomes {@link Unavailable}, because callers retry while Redis is loading, full,
 * read-only or failing. Safe for use by any thread.
 */
final class RedisConnection implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration READ = Duration.ofSeconds(3);
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final RedisClient client;
    private final String address;

    RedisConnection(RedisSettings settings, int connections) {
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis((int) CONNECT.toMillis())
                .socketTimeoutMillis((int) READ.toMillis())
                .blockingSocketTimeoutMillis((int) READ.toMillis());
        if (settings.tls()) {
            verify(config, settings);
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

    /** Uses the calls that take a socket factory, although deprecated, because an authority may be PEM text. */
    @SuppressWarnings("deprecation")
    private static void verify(DefaultJedisClientConfig.Builder config, RedisSettings settings) {
        SSLParameters verifyHost = new SSLParameters();
        verifyHost.setEndpointIdentificationAlgorithm("HTTPS");
        config.ssl(true).sslParameters(verifyHost);
        settings.tlsCa().map(PrivateAuthority::sockets).ifPresent(config::sslSocketFactory);
    }

    private static GenericObjectPoolConfig<Connection> pool(int connections) {
        GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
        pool.setMaxTotal(connections);
        pool.setMaxIdle(connections);
        pool.setMaxWait(READ);
        // Connections aren't tested before each call: with a frozen Redis every idle one would time out in turn.
        pool.setTestWhileIdle(true);
        pool.setTimeBetweenEvictionRuns(IDLE);
        pool.setJmxEnabled(false);
        return pool;
    }

    /** Runs a command. */
    <T> T call(Function<RedisClient, T> command) {
        try {
            return command.apply(client);
        } catch (JedisConnectionException lost) {
            // The idle connections are probably dead as well: the next call opens a new one.
            client.getPool().clear();
            throw new Unavailable("Redis at " + address + ": " + lost.getMessage(), lost);
        } catch (JedisException failure) {
            throw new Unavailable("Redis at " + address + ": " + failure.getMessage(), failure);
        }
    }

    /** Fields of a hash, null where they are missing; all null when the key has another type. */
    List<String> fields(String key, String... names) {
        return call(redis -> {
            try {
                return redis.hmget(key, names);
            } catch (JedisDataException wrongType) {
                if (!wrongType.getMessage().startsWith("WRONGTYPE")) {
                    throw wrongType;
                }
                return Collections.nCopies(names.length, null);
            }
        });
    }

    /** Runs a script by its hash, or by its text when Redis doesn't have it. */
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

    /** The same for a script that returns 1 for success. */
    boolean confirm(RedisScript script, RedisKeys keys, String... arguments) {
        return Long.valueOf(1).equals(eval(script, keys, arguments));
    }

    @Override
    public void close() {
        client.close();
    }
}
