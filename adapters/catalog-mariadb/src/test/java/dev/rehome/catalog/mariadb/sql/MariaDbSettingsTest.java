package dev.rehome.catalog.mariadb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.catalog.mariadb.sql.MariaDbSettings.Tls;
import dev.rehome.common.settings.Environment;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MariaDbSettingsTest {
    private static final Map<String, String> LEAST = Map.of(
            "DATABASE_HOST", "db",
            "DB_USER", "app",
            "DB_PASSWORD", "s3cret",
            "DATABASE_NAME", "shop",
            "DATABASE_TABLE_TO_UPDATE", "products",
            "TABLE_COLUMN_NAME_TO_UPDATE", "image",
            "TEMP_TABLE_FOR_UPDATE", "map");

    private static Environment with(String... more) {
        Map<String, String> values = new HashMap<>(LEAST);
        for (int i = 0; i < more.length; i += 2) {
            values.put(more[i], more[i + 1]);
        }
        return new Environment(values);
    }

    @Test
    void everythingElseHasADefault() {
        MariaDbSettings catalog = MariaDbSettings.from(with());
        assertThat(catalog)
                .isEqualTo(new MariaDbSettings(
                        new MariaDbSettings.Server(
                                "db", 3306, "app", catalog.password(), Tls.VERIFY_FULL, Optional.empty()),
                        new TableName("shop", "products"),
                        "image",
                        new TableName("shop", "map"),
                        10_000));
        assertThat(catalog.password().reveal()).isEqualTo("s3cret");
        assertThat(catalog.toString()).doesNotContain("s3cret").contains("******");
    }

    @Test
    void everythingCanBeSet() {
        MariaDbSettings catalog = MariaDbSettings.from(with(
                "DATABASE_TLS", "verify-ca",
                "DATABASE_TLS_CA", "/ca.pem",
                "MAPPING_SCHEMA", "ours",
                "SCAN_WINDOW_ROWS", "500"));
        assertThat(catalog.server().tls()).isEqualTo(Tls.VERIFY_CA);
        assertThat(catalog.server().tlsCa()).contains("/ca.pem");
        assertThat(catalog.mapping()).isEqualTo(new TableName("ours", "map"));
        assertThat(catalog.window()).isEqualTo(500);
    }

    @Test
    void missingSettingsAreReportedTogether() {
        Environment env = new Environment(Map.of());
        MariaDbSettings.from(env);
        assertThatThrownBy(env::throwIfProblems)
                .hasMessageStartingWith("7 problems with the settings:")
                .hasMessageContainingAll(LEAST.keySet().toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({"DATABASE_PORT, 0", "DATABASE_PORT, x", "SCAN_WINDOW_ROWS, 9", "DATABASE_TLS, on"})
    void invalidValueIsReportedByName(String name, String value) {
        Environment env = with(name, value);
        MariaDbSettings.from(env);
        assertThatThrownBy(env::throwIfProblems)
                .hasMessageStartingWith("1 problem with the settings:")
                .hasMessageContaining(name);
    }

    @Test
    void tlsIsDisabledByDefaultOnTheLoopbackOnly() {
        assertThat(MariaDbSettings.from(with("DATABASE_HOST", "127.0.0.1"))
                        .server()
                        .tls())
                .isEqualTo(Tls.DISABLE);
        assertThat(MariaDbSettings.from(with("DATABASE_HOST", "127.0.0.1.evil"))
                        .server()
                        .tls())
                .isEqualTo(Tls.VERIFY_FULL);
    }
}
