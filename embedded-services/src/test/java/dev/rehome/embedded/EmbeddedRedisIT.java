package dev.rehome.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisIT {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    void dataSurvivesKill() throws IOException {
        try (EmbeddedRedis server = EmbeddedRedis.start(directory)) {
            int port = server.port();
            assertThat(ask(server, "SET", "key", "value")).isEqualTo("OK");

            server.kill();
            assertThatThrownBy(() -> ask(server, "PING")).isInstanceOf(IOException.class);

            server.restart();
            assertThat(server.port()).isEqualTo(port);
            assertThat(ask(server, "GET", "key")).isEqualTo("value");
        }
    }

    @Test
    void appendOnlyFileIsRewrittenAtEachStart() throws IOException {
        try (EmbeddedRedis server = EmbeddedRedis.start(directory)) {
            assertThat(directory.resolve("data/appendonlydir/appendonly.aof.2.base.rdb"))
                    .exists();
            server.restart();
            assertThat(directory.resolve("data/appendonlydir/appendonly.aof.3.base.rdb"))
                    .exists();
            assertThat(ask(server, "INFO", "persistence")).contains("aof_last_bgrewrite_status:ok");
        }
    }

    @Test
    void wipedServerIsEmptyOnTheSamePort() throws IOException {
        try (EmbeddedRedis server = EmbeddedRedis.start(directory)) {
            int port = server.port();
            ask(server, "SET", "key", "value");
            server.wipe();
            assertThat(server.port()).isEqualTo(port);
            assertThat(ask(server, "EXISTS", "key")).isEqualTo(":0");
        }
    }

    @Test
    void passwordAndDirectivesHold() throws IOException {
        RedisSettings settings =
                RedisSettings.in(directory).withPassword("pass \"word\"").withDirectives("maxmemory 64mb");
        try (EmbeddedRedis server = EmbeddedRedis.start(settings)) {
            assertThat(ask(server, "PING")).startsWith("-NOAUTH");
            try (RedisConversation conversation = RedisConversation.open(server.port(), Optional.of("pass \"word\""))) {
                String memory = conversation.answer("INFO", "memory");
                assertThat(memory).contains("maxmemory:67108864", "maxmemory_policy:noeviction");
            }
        }
    }

    @Test
    void secondServerInTheSameDirectoryIsRefused() throws IOException {
        try (EmbeddedRedis server = EmbeddedRedis.start(directory)) {
            assertThatThrownBy(() -> EmbeddedRedis.start(directory))
                    .isInstanceOf(ServerFailedException.class)
                    .hasMessageContaining("of this JVM");
            assertThat(ask(server, "PING")).isEqualTo("PONG");
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

    private static String ask(EmbeddedRedis server, String... words) throws IOException {
        try (RedisConversation conversation = RedisConversation.open(server.port(), Optional.empty())) {
            return conversation.answer(words);
        }
    }
}
