package dev.rehome.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.SettingsProblems;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsumerSettingsTest {
    private static final Map<String, String> REQUIRED = Map.ofEntries(
            Map.entry("SOURCE_S3_BUCKET", "old"),
            Map.entry("TARGET_S3_BUCKET", "new"),
            Map.entry("LEGACY_S3_OBJECT_PREFIX", "image"),
            Map.entry("DATABASE_HOST", "db"),
            Map.entry("DB_USER", "rehome"),
            Map.entry("DB_PASSWORD", "secret"),
            Map.entry("DATABASE_NAME", "shop"),
            Map.entry("DATABASE_TABLE_TO_UPDATE", "users"),
            Map.entry("TABLE_COLUMN_NAME_TO_UPDATE", "avatar"),
            Map.entry("TEMP_TABLE_FOR_UPDATE", "mapping"),
            Map.entry("REDIS_HOST", "redis"),
            Map.entry("AWS_REGION", "eu-central-1"));

    @Test
    void requiredSettingsAreEnough() {
        assertThat(ConsumerSettings.from(new Environment(REQUIRED)).copying().batches())
                .isPositive();
    }

    @Test
    void flattenedKeysMayNotOverwriteTargets() {
        Map<String, String> env = new HashMap<>(REQUIRED);
        env.put("KEY_LAYOUT", "flatten");
        env.put("OVERWRITE_TARGETS", "true");

        assertThatThrownBy(() -> ConsumerSettings.from(new Environment(env)))
                .isInstanceOf(SettingsProblems.class)
                .hasMessageContaining("KEY_LAYOUT=flatten and OVERWRITE_TARGETS=true can't be combined");
    }
}
