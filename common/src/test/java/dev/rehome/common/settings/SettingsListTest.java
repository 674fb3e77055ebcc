package dev.rehome.common.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsListTest {
    private static final List<Setting<?>> ALL = List.of(
            Setting.integer("BATCH_SIZE", "x", 1, 9).or(5),
            Setting.text("HOST", "x").required(),
            Setting.secret("HTTP_TOKEN", "x").or(Secret.NONE),
            Setting.secret("DB_PASSWORD", "x").required(),
            Setting.text("AWS_ACCESS_KEY_ID", "x").required(),
            Setting.uri("WEBHOOK_URL", "x").optional());

    @Test
    void settingsThatAreSetAreListedWithoutSecrets() {
        assertThat(SettingsList.of(
                        ALL,
                        Map.of(
                                "HOST", "db1",
                                "HTTP_TOKEN", "top secret 1",
                                "DB_PASSWORD", "top secret 2",
                                "AWS_ACCESS_KEY_ID", "top secret 3",
                                "WEBHOOK_URL", "https://user:top-secret@example.com/top/secret?5",
                                "UNRELATED", "top secret 4")))
                .isEqualTo("""
                        Settings; the other 1 have their defaults:
                          HOST=db1
                          HTTP_TOKEN=******
                          DB_PASSWORD=******
                          AWS_ACCESS_KEY_ID=******
                          WEBHOOK_URL=https://******@example.com/******""");
    }

    @Test
    void emptyVariableCountsAsNotSet() {
        assertThat(SettingsList.of(ALL, Map.of("HOST", ""))).isEqualTo("Settings; the other 6 have their defaults:");
    }
}
