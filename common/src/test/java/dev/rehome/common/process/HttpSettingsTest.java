package dev.rehome.common.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.SettingsProblems;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSettingsTest {
    private static final String TOKEN = "0123456789abcdef";

    private static HttpSettings settings(String bind, String token) {
        Environment env = new Environment(Map.of("HTTP_PORT", "8080", "HTTP_BIND", bind, "HTTP_TOKEN", token));
        HttpSettings settings = HttpSettings.from(env);
        env.throwIfProblems();
        return settings;
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.0.0.1", "::", "127.example.com", "rehome.example.com"})
    void addressBeyondLoopbackNeedsAToken(String bind) {
        assertThatThrownBy(() -> settings(bind, ""))
                .isInstanceOf(SettingsProblems.class)
                .hasMessageContaining("HTTP_TOKEN is not set");
        assertThat(settings(bind, TOKEN).token().reveal()).isEqualTo(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "localhost", "::1"})
    void loopbackNeedsNone(String bind) {
        assertThat(settings(bind, "").token().isPresent()).isFalse();
    }

    @Test
    void tokenMustBeLongAndMustFitAHeader() {
        assertThatThrownBy(() -> settings("127.0.0.1", "short")).hasMessageContaining("at least 16 characters");
        assertThatThrownBy(() -> settings("127.0.0.1", "žluťoučký kůň 0123"))
                .hasMessageContaining("ASCII letters, digits and punctuation");
    }
}
