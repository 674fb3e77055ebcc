package dev.rehome.queue.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Secret;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisSettingsTest {
    @Test
    void hostIsEnough() {
        assertThat(RedisSettings.from(new Environment(Map.of("REDIS_HOST", "redis"))))
                .isEqualTo(new RedisSettings("redis", 6379, "", Secret.NONE, false, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "REDIS_PORT, 65536",
        "REDIS_TLS, yes",
        "REDIS_TLS_CA, /no/such/file.pem",
        "REDIS_TLS_CA, -----BEGIN CERTIFICATE----- nonsense"
    })
    void invalidValueIsReportedByName(String name, String value) {
        Environment env = new Environment(
                name.equals("REDIS_TLS")
                        ? Map.of("REDIS_HOST", "redis", name, value)
                        : Map.of("REDIS_HOST", "redis", "REDIS_TLS", "true", name, value));
        RedisSettings.from(env);
        assertThatThrownBy(env::throwIfProblems)
                .hasMessageStartingWith("1 problem")
                .hasMessageContaining(name);
    }

    @Test
    void passwordIsMasked() {
        Environment env = new Environment(Map.of("REDIS_HOST", "redis", "REDIS_PASSWORD", "s3cret"));
        assertThat(RedisSettings.from(env).toString()).doesNotContain("s3cret").contains("******");
    }
}
