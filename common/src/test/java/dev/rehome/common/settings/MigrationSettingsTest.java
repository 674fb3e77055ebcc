package dev.rehome.common.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.TargetKeyRule;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MigrationSettingsTest {
    private static final Map<String, String> LEAST =
            Map.of("SOURCE_S3_BUCKET", "old", "TARGET_S3_BUCKET", "new", "LEGACY_S3_OBJECT_PREFIX", "image");

    private static Environment with(String... more) {
        Map<String, String> values = new HashMap<>(LEAST);
        for (int i = 0; i < more.length; i += 2) {
            values.put(more[i], more[i + 1]);
        }
        return new Environment(values);
    }

    @Test
    void bucketsAndLegacyPrefixAreEnough() {
        assertThat(MigrationSettings.from(with(), "shop.map"))
                .isEqualTo(new MigrationSettings(
                        "old", "new", new TargetKeyRule("image", "", KeyLayout.PREFIX), "shop.map"));
    }

    @Test
    void everythingCanBeSet() {
        Environment env = with("TARGET_OBJECT_PREFIX", "avatar/", "KEY_LAYOUT", "flatten", "MIGRATION_NAME", "m");
        MigrationSettings migration = MigrationSettings.from(env, "name");
        assertThat(migration.keys()).isEqualTo(new TargetKeyRule("image", "avatar", KeyLayout.FLATTEN));
        assertThat(migration.name()).isEqualTo("m");
        env.throwIfProblems();
    }

    @ParameterizedTest
    @CsvSource({"KEY_LAYOUT, flat", "TARGET_OBJECT_PREFIX, image/x", "MIGRATION_NAME, a{b", "MIGRATION_NAME, a}b"})
    void invalidValueIsReportedByName(String name, String value) {
        Environment env = with(name, value);
        MigrationSettings.from(env, "name");
        assertThatThrownBy(env::throwIfProblems)
                .hasMessageStartingWith("1 problem with the settings:")
                .hasMessageContaining(name);
    }

    @Test
    void identityNamesTheSettingsThatDiffer() {
        MigrationIdentity production =
                MigrationIdentity.of(MigrationSettings.from(with(), "m"), Map.of("DATABASE_HOST", "production"));
        MigrationIdentity staging = MigrationIdentity.of(
                MigrationSettings.from(with("TARGET_S3_BUCKET", "other"), "m"), Map.of("DATABASE_HOST", "staging"));
        assertThat(staging.differences(production.settings()))
                .isEqualTo("DATABASE_HOST is 'production' there and 'staging' here,"
                        + " TARGET_S3_BUCKET is 'new' there and 'other' here");
        assertThat(production.differences(production.settings())).isEmpty();
    }
}
