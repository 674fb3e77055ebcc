package dev.rehome.common.settings;

import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.TargetKeyRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings that define the move. Producer and consumers must agree on them.
 *
 * @param sourceBucket the legacy bucket
 * @param targetBucket the new bucket; may be the same
 * @param keys the rule that maps a legacy key to its target key
 * @param name names the migration's queue and its lock
 */
public record MigrationSettings(String sourceBucket, String targetBucket, TargetKeyRule keys, String name) {
    private static final Setting<String> SOURCE =
            Setting.text("SOURCE_S3_BUCKET", "The legacy bucket.").required();
    private static final Setting<String> TARGET = Setting.text(
                    "TARGET_S3_BUCKET", "The new bucket; may be the same one.")
            .required();
    private static final Setting<String> LEGACY_PREFIX = Setting.text(
                    "LEGACY_S3_OBJECT_PREFIX",
                    "The folder to be moved. Rows whose object key starts with it are migrated.")
            .required();
    private static final Setting<String> TARGET_PREFIX = Setting.text(
                    "TARGET_OBJECT_PREFIX", "The folder that replaces the legacy one; the bucket's root when empty.")
            .or("");
    private static final Setting<KeyLayout> LAYOUT = Setting.choice(
                    "KEY_LAYOUT",
                    "The target key: prefix replaces the legacy prefix, flatten keeps only the last path segment.",
                    KeyLayout.class)
            .or(KeyLayout.PREFIX);
    private static final Setting<Optional<String>> NAME = Setting.text(
                    "MIGRATION_NAME",
                    "Names the migration's keys in Redis, which must be unique there; schema and name of the mapping table when empty.")
            .optional();

    /** The settings, for help and documents. */
    public static final List<Setting<?>> ALL = List.of(SOURCE, TARGET, LEGACY_PREFIX, TARGET_PREFIX, LAYOUT, NAME);

    /** The values that make this migration a different one, by the names of their environment variables. */
    Map<String, String> identity() {
        return Map.of(
                SOURCE.name(), sourceBucket,
                TARGET.name(), targetBucket,
                LEGACY_PREFIX.name(), keys.legacy(),
                TARGET_PREFIX.name(), keys.target(),
                LAYOUT.name(), Setting.spelled(keys.layout()));
    }

    /** Reads them; problems are collected in the environment. */
    public static MigrationSettings from(Environment env, String defaultName) {
        String source = env.read(SOURCE);
        String target = env.read(TARGET);
        String legacyPrefix = env.read(LEGACY_PREFIX);
        String targetPrefix = env.read(TARGET_PREFIX);
        KeyLayout layout = env.read(LAYOUT);
        String name = env.read(NAME).orElse(defaultName);
        if (name.isEmpty() || name.indexOf('{') >= 0 || name.indexOf('}') >= 0) {
            env.problem(
                    "The migration's name '" + name + "' is not valid: expected a text without { and }, which have a"
                            + " meaning in Redis keys. Set MIGRATION_NAME");
        }
        TargetKeyRule keys = null;
        if (legacyPrefix != null) {
            try {
                keys = new TargetKeyRule(legacyPrefix, targetPrefix, layout);
            } catch (IllegalArgumentException refused) {
                env.problem("LEGACY_S3_OBJECT_PREFIX and TARGET_OBJECT_PREFIX don't fit: " + refused.getMessage());
            }
        }
        return new MigrationSettings(source, target, keys, name);
    }
}
