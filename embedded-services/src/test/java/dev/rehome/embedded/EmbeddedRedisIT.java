package dev.rehome.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

class EmbeddedRedisIT {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    void dataSurvivesKill() {
        try (EmbeddedRedis server = EmbeddedRedis.start(directory)) {
            int port = server.port();
            ask(server, redis -> redis.set("key", "value"));
            awaitWritten(server);

            server.kill();
            assertThatThrownBy(() -> ask(server, Jedis::ping)).isInstanceOf(JedisConnectionException.class);

            server.restart();
            assertThat(server.port()).isEqualTo(port);
            assertThat(ask(server, redis -> redis.get("key"))).isEqualTo("value");
        }
    }

    @Test
    void appendOnlyFileIsRewrittenAtEachStart() {
        try (EmbeddedRedis server = EmbeddedRedis.start(directory)) {
            assertThat(directory.resolve("data/appendonlydir/appendonly.aof.2.base.rdb"))
                    .exists();
            server.restart();
            assertThat(directory.resolve("data/appendonlydir/appendonly.aof.3.base.rdb"))
                    .exists();
            assertThat(ask(server, redis -> redis.info("persistence"))).contains("aof_last_bgrewrite_status:ok");
        }
    }

    @Test
    void wipedServerIsEmptyOnTheSamePort() {
        try (EmbeddedRedis server = EmbeddedRedis.start(directory)) {
            int port = server.port();
            ask(server, redis -> redis.set("key", "value"));
            server.wipe();
            assertThat(server.port()).isEqualTo(port);
            assertThat(ask(server, redis -> redis.get("key"))).isNull();
        }
    }

    @Test
    void directivesAreAppliedAfterTheDefaults() {
        try (EmbeddedRedis server =
                EmbeddedRedis.start(RedisSettings.in(directory).withDirectives("maxmemory 64mb"))) {
            assertThat(ask(server, redis -> redis.info("memory")))
                    .contains("maxmemory:67108864", "maxmemory_policy:noeviction");
        }
    }

    @Test
    void secondServerInTheSameDirectoryIsRefused() {
        try (EmbeddedRedis server = EmbeddedRedis.start(directory)) {
            assertThatThrownBy(() -> EmbeddedRedis.start(directory))
                    .isInstanceOf(ServerFailedException.class)
                    .hasMessageContaining("of this JVM");
            assertThat(ask(server, Jedis::ping)).isEqualTo("PONG");
        }
    }

    @Test
    void frozenServerCanBeClosed() {
        EmbeddedRedis server = EmbeddedRedis.start(directory);
        long pid = server.pid();
        server.freeze();
        server.close();
        server.close();
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThatThrownBy(server::restart).isInstanceOf(IllegalStateException.class);
    }

    /** While a sync of the disk takes long, Redis acknowledges writes up to two seconds before it writes them. */
    private static void awaitWritten(EmbeddedRedis server) {
        Deadline deadline = Deadline.in(Duration.ofMinutes(1));
        while (!ask(server, redis -> redis.info("persistence")).contains("aof_buffer_length:0\r")) {
            assertThat(deadline.passed())
                    .as("Redis hasn't written its file in time")
                    .isFalse();
            deadline.pause();
        }
    }

    private static String ask(EmbeddedRedis server, Function<Jedis, String> command) {
        try (Jedis redis = new Jedis("127.0.0.1", server.port())) {
            return command.apply(redis);
        }
    }
}
