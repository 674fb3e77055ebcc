package dev.rehome.catalog.mariadb.ledger;

import dev.rehome.catalog.mariadb.sql.MariaDbSettings;
import dev.rehome.common.process.DigestAlgorithm;
import dev.rehome.common.settings.MigrationSettings;

/**
 * The settings that must not change between two runs on one mapping table: with other settings, its rows would mean something
 * else.
 *
 * @param text for people
 * @param hash for comparison
 */
public record SettingsFingerprint(String text, String hash) {
    /** How much of the text is kept. */
    private static final int MAX_TEXT = 4_000;

    public static SettingsFingerprint of(MigrationSettings migration, MariaDbSettings catalog) {
        String text = "table=" + catalog.catalog() + " column=" + catalog.column() + " source="
                + migration.sourceBucket() + " target=" + migration.targetBucket() + " legacy="
                + migration.keys().legacy() + " new=" + migration.keys().target() + " layout="
                + migration.keys().layout();
        return new SettingsFingerprint(
                text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT), DigestAlgorithm.SHA_256.hex(text));
    }
}
