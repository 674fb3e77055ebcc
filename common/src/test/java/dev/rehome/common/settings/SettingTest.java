package dev.rehome.common.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTest {
    private static final Setting<String> REQUIRED =
            Setting.text("NAME", "A name.").required();
    private static final Setting<Integer> PORT =
            Setting.integer("PORT", "A port.", 1, 65_535).or(6379);
    private static final Setting<Secret> PASSWORD =
            Setting.secret("PASSWORD", "A password.").or(Secret.NONE);

    private static final List<Setting<?>> KNOWN = Stream.of(
                    "THROTTLE_REPLICAS",
                    "BATCH_SIZE",
                    "STOP_TIMEOUT_SECONDS",
                    "DB_USER",
                    "HTTP_PORT",
                    "REDIS_TLS",
                    "DB_PASSWORD")
            .<Setting<?>>map(name -> Setting.text(name, "Known.").required())
            .toList();

    @Test
    void emptyVariableCountsAsNotSet() {
        Environment env = new Environment(Map.of("PORT", "", "NAME", ""));
        assertThat(env.read(PORT)).isEqualTo(6379);
        assertThat(env.has("NAME")).isFalse();
        assertThat(env.read(REQUIRED)).isNull();
        assertThatThrownBy(env::throwIfProblems).hasMessageContaining("NAME is not set");
    }

    @Test
    void allProblemsAreReportedTogetherAndEachOnce() {
        Environment env = new Environment(Map.of("PORT", "x"));
        env.read(REQUIRED);
        env.read(PORT);
        env.read(PORT);
        assertThatThrownBy(env::throwIfProblems)
                .isInstanceOf(SettingsProblems.class)
                .hasMessageStartingWith("2 problems with the settings:")
                .hasMessageContainingAll("NAME", "PORT is not valid: expected a whole number from 1 to 65535");
    }

    @Test
    void secretIsMaskedEverywhere() {
        Environment env = new Environment(Map.of("PASSWORD", "s3cret", "PORT", "s3cret"));
        Secret secret = env.read(PASSWORD);
        env.read(PORT);
        assertThat(secret).hasToString("******");
        assertThat(secret.reveal()).isEqualTo("s3cret");
        assertThat(Secret.NONE).hasToString("(none)");
        assertThatThrownBy(env::throwIfProblems).message().doesNotContain("s3cret");
    }

    @Test
    void helpListsEverySettingWithItsDefault() {
        String help = String.join("\n", SettingsHelp.of(List.of(REQUIRED, PORT, PASSWORD), 80));
        assertThat(help).contains("  NAME (required)\n", "  PORT (6379)\n", "  PASSWORD\n");
    }

    @ParameterizedTest
    @CsvSource({
        "THROTTLE_REPLICA, THROTTLE_REPLICAS",
        "BATCHSIZE, BATCH_SIZE",
        "BATCH_SIZES, BATCH_SIZE",
        "STOP_TIMEOUT, STOP_TIMEOUT_SECONDS",
        "DB_USR, DB_USER"
    })
    void misspeltSettingIsReportedWithTheNearestName(String name, String meant) {
        assertThat(new Environment(Map.of(name, "1")).misspellings(KNOWN)).isEqualTo(Map.of(name, meant));
    }

    @ParameterizedTest
    @ValueSource(strings = {"BATCH_SIZE", "HTTP_PROXY", "REDIS_URL", "DB_NAME", "PATH", "AWS_PROFILE", "SIZE"})
    void otherVariablesAreNotReported(String name) {
        assertThat(new Environment(Map.of(name, "1")).misspellings(KNOWN)).isEmpty();
    }

    @Test
    void secondsMayHaveDecimalsWhereTheSettingSaysSo() {
        Setting<Duration> lag = Setting.fractionalSeconds("LAG", "Lag.", Duration.ofMillis(500), Duration.ofSeconds(60))
                .or(Duration.ofMillis(1_500));
        assertThat(lag.fallbackText()).isEqualTo("1.5");
        assertThat(new Environment(Map.of("LAG", "0.75")).read(lag)).isEqualTo(Duration.ofMillis(750));
        assertThat(new Environment(Map.of("LAG", "60")).read(lag)).isEqualTo(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.4999", "60.001", "1,5", "soon", "-1", "1.0005", "1e99999", "1e2147483647"})
    void secondsOutOfBoundsAreAProblem(String wrong) {
        Setting<Duration> lag = Setting.fractionalSeconds("LAG", "Lag.", Duration.ofMillis(500), Duration.ofSeconds(60))
                .required();
        Environment env = new Environment(Map.of("LAG", wrong));
        env.read(lag);
        assertThatThrownBy(env::throwIfProblems).hasMessageContaining("a number from 0.5 to 60, decimals allowed");
    }

    @Test
    void listIsSeparatedByCommas() {
        Setting<List<Integer>> numbers = Setting.list(
                        "NUMBERS", "Numbers.", "a number", text -> Integer.valueOf(text.trim()))
                .or(List.of());
        assertThat(numbers.fallbackText()).isEmpty();
        assertThat(new Environment(Map.of()).read(numbers)).isEmpty();
        assertThat(new Environment(Map.of("NUMBERS", "1, 2")).read(numbers)).containsExactly(1, 2);
        for (String wrong : List.of("1,,2", "1,", "1 2")) {
            Environment env = new Environment(Map.of("NUMBERS", wrong));
            env.read(numbers);
            assertThatThrownBy(env::throwIfProblems)
                    .as(wrong)
                    .hasMessageContaining("a number, several with commas between them");
        }
    }
}
