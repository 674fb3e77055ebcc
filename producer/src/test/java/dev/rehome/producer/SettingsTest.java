package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.catalog.mariadb.preflight.Acceptance;
import dev.rehome.catalog.mariadb.sql.CatalogSettings;
import dev.rehome.catalog.mariadb.sql.CatalogSettings.Tls;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.ServerAddress;
import dev.rehome.common.process.HttpSettings;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.common.settings.Secret;
import dev.rehome.common.settings.Setting;
import dev.rehome.common.settings.SettingsHelp;
import dev.rehome.common.settings.SettingsProblems;
import dev.rehome.queue.redis.RedisSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final Map<String, String> LEAST = Map.ofEntries(
            Map.entry("SOURCE_S3_BUCKET", "old"),
            Map.entry("TARGET_S3_BUCKET", "new"),
            Map.entry("LEGACY_S3_OBJECT_PREFIX", "image"),
            Map.entry("DATABASE_HOST", "db"),
            Map.entry("DB_USER", "app"),
            Map.entry("DB_PASSWORD", "s3cret"),
            Map.entry("DATABASE_NAME", "shop"),
            Map.entry("DATABASE_TABLE_TO_UPDATE", "products"),
            Map.entry("TABLE_COLUMN_NAME_TO_UPDATE", "image"),
            Map.entry("TEMP_TABLE_FOR_UPDATE", "map"),
            Map.entry("REDIS_HOST", "redis"));

    private static Environment with(String... more) {
        Map<String, String> values = new HashMap<>(LEAST);
        for (int i = 0; i < more.length; i += 2) {
            values.put(more[i], more[i + 1]);
        }
        return new Environment(values);
    }

    private static void readAll(Environment env) {
        MigrationSettings.from(env, "name");
        CatalogSettings.from(env);
        RedisSettings.from(env);
        HttpSettings.from(env);
        Acceptance.from(env);
    }

    @Test
    void whatCanHaveADefaultHasOne() {
        Environment env = with();
        assertThat(MigrationSettings.from(env, "shop.map"))
                .isEqualTo(new MigrationSettings(
                        "old", "new", new TargetKeyRule("image", "", KeyLayout.PREFIX), "shop.map"));
        CatalogSettings catalog = CatalogSettings.from(env);
        assertThat(catalog)
                .isEqualTo(new CatalogSettings(
                        "db",
                        3306,
                        "app",
                        catalog.password(),
                        Tls.VERIFY_FULL,
                        Optional.empty(),
                        new TableName("shop", "products"),
                        "image",
                        new TableName("shop", "map"),
                        10_000));
        assertThat(catalog.password().reveal()).isEqualTo("s3cret");
        assertThat(RedisSettings.from(env))
                .isEqualTo(new RedisSettings("redis", 6379, "", Secret.NONE, false, Duration.ofSeconds(60), 5, 1_000));
        assertThat(HttpSettings.from(env)).isEqualTo(new HttpSettings(0, "127.0.0.1"));
        assertThat(Acceptance.from(env)).isEqualTo(Acceptance.NOTHING);
        env.throwIfProblems();
    }

    @Test
    void everythingCanBeSet() {
        Environment env = with(
                "TARGET_OBJECT_PREFIX",
                "avatar/",
                "KEY_LAYOUT",
                "flatten",
                "MIGRATION_NAME",
                "m",
                "DATABASE_TLS",
                "verify-ca",
                "DATABASE_TLS_CA",
                "/ca.pem",
                "MAPPING_SCHEMA",
                "ours",
                "SCAN_WINDOW_ROWS",
                "500",
                "REDIS_TLS",
                "true",
                "LEASE_SECONDS",
                "3",
                "ON_UPDATE_TIMESTAMPS",
                "keep",
                "ALLOW_TRIGGERS",
                "true");
        MigrationSettings migration = MigrationSettings.from(env, "name");
        assertThat(migration.keys()).isEqualTo(new TargetKeyRule("image", "avatar", KeyLayout.FLATTEN));
        assertThat(migration.name()).isEqualTo("m");
        CatalogSettings catalog = CatalogSettings.from(env);
        assertThat(catalog.tls()).isEqualTo(Tls.VERIFY_CA);
        assertThat(catalog.tlsCa()).contains("/ca.pem");
        assertThat(catalog.mapping()).isEqualTo(new TableName("ours", "map"));
        assertThat(catalog.window()).isEqualTo(500);
        assertThat(RedisSettings.from(env).lease()).isEqualTo(Duration.ofSeconds(3));
        assertThat(Acceptance.from(env)).isEqualTo(new Acceptance(true, Acceptance.Timestamps.KEEP));
        env.throwIfProblems();
    }

    @Test
    void allThatIsMissingIsReportedAtOnce() {
        Environment env = new Environment(Map.of());
        readAll(env);
        assertThatThrownBy(env::throwIfProblems)
                .isInstanceOf(SettingsProblems.class)
                .hasMessageStartingWith("11 problems with the settings:")
                .hasMessageContainingAll(LEAST.keySet().toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "DATABASE_PORT, 0",
        "DATABASE_PORT, x",
        "REDIS_PORT, 65536",
        "LEASE_SECONDS, 2",
        "LEASE_SECONDS, 99999999999",
        "MAX_ATTEMPTS, 0",
        "MAX_OPEN_BATCHES, 1",
        "SCAN_WINDOW_ROWS, 9",
        "REDIS_TLS, yes",
        "KEY_LAYOUT, flat",
        "DATABASE_TLS, on",
        "ON_UPDATE_TIMESTAMPS, maybe",
        "TARGET_OBJECT_PREFIX, image/x",
        "HTTP_PORT, -1",
        "MIGRATION_NAME, a{b",
        "MIGRATION_NAME, a}b"
    })
    void eachWrongValueIsNamed(String name, String value) {
        Environment env = with(name, value);
        readAll(env);
        assertThatThrownBy(env::throwIfProblems)
                .hasMessageStartingWith("1 problem with the settings:")
                .hasMessageContaining(name);
    }

    @Test
    void theEmptyTextCountsAsNotSet() {
        Environment env = with("REDIS_PORT", "", "REDIS_HOST", "");
        assertThat(RedisSettings.from(env).port()).isEqualTo(6379);
        assertThat(env.has("REDIS_HOST")).isFalse();
        assertThat(env.isSound()).isFalse();
    }

    @Test
    void tlsIsLeftOutOnTheLoopbackOnly() {
        assertThat(CatalogSettings.from(with("DATABASE_HOST", "127.0.0.1")).tls())
                .isEqualTo(Tls.DISABLE);
        assertThat(CatalogSettings.from(with("DATABASE_HOST", "127.0.0.1.evil")).tls())
                .isEqualTo(Tls.VERIFY_FULL);
    }

    @Test
    void secretsAreNeverShown() {
        Environment env = with("DB_PASSWORD", "s3cret", "REDIS_PASSWORD", "t0psecret", "REDIS_PORT", "t0psecret");
        String shown = CatalogSettings.from(env).toString() + RedisSettings.from(env);
        assertThat(shown).doesNotContain("s3cret").contains("******");
        assertThat(Secret.NONE).hasToString("(none)");
        assertThatThrownBy(env::throwIfProblems).message().doesNotContain("t0psecret");
    }

    @Test
    void theHelpNamesEverySettingWithItsDefault() {
        List<Setting<?>> all = Stream.of(
                        MigrationSettings.ALL, CatalogSettings.ALL, RedisSettings.ALL, HttpSettings.ALL, Acceptance.ALL)
                .<Setting<?>>flatMap(List::stream)
                .toList();
        String help = String.join("\n", SettingsHelp.of(all));
        assertThat(help)
                .contains("  SOURCE_S3_BUCKET (required)", "  REDIS_PORT (6379)", "  LEASE_SECONDS (60)")
                .contains("  KEY_LAYOUT (prefix)", "  REDIS_PASSWORD\n");
        assertThat(all).extracting(Setting::name).doesNotHaveDuplicates();
    }

    @Test
    void secondsMayHaveDecimalsWhereTheSettingSaysSo() {
        Setting<Duration> lag = Setting.fractionalSeconds("LAG", "Lag.", Duration.ofMillis(500), Duration.ofSeconds(60))
                .or(Duration.ofMillis(1_500));
        assertThat(lag.fallbackText()).isEqualTo("1.5");
        assertThat(new Environment(Map.of("LAG", "0.75")).read(lag)).isEqualTo(Duration.ofMillis(750));
        assertThat(new Environment(Map.of("LAG", "60")).read(lag)).isEqualTo(Duration.ofSeconds(60));
        for (String wrong : List.of("0.4999", "60.001", "1,5", "soon", "-1")) {
            Environment env = new Environment(Map.of("LAG", wrong));
            env.read(lag);
            assertThatThrownBy(env::throwIfProblems)
                    .as(wrong)
                    .hasMessageContaining("a number from 0.5 to 60, decimals allowed");
        }
    }

    @Test
    void listsHaveCommasBetweenTheirValues() {
        Setting<List<ServerAddress>> hosts =
                Setting.list("HOSTS", "Hosts.", "a host", ServerAddress::parse).or(List.of());
        assertThat(hosts.fallbackText()).isEmpty();
        assertThat(new Environment(Map.of()).read(hosts)).isEmpty();
        assertThat(new Environment(Map.of("HOSTS", "a, b:1")).read(hosts))
                .containsExactly(ServerAddress.parse("a"), ServerAddress.parse("b:1"));
        for (String wrong : List.of("a,,b", "a,", "a b:c")) {
            Environment env = new Environment(Map.of("HOSTS", wrong));
            env.read(hosts);
            assertThatThrownBy(env::throwIfProblems)
                    .as(wrong)
                    .hasMessageContaining("a host, several with commas between them");
        }
    }
}
