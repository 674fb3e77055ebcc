package dev.rehome.emulation;

import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.seeding.CatalogSeeding;
import dev.rehome.emulation.seeding.SampleRow;
import java.sql.SQLException;

/** Reads the progress from the migration's own tables: for display only, never for a verdict. */
final class MigrationStatus {
    private final EmulatedMigration migration;

    MigrationStatus(EmulatedMigration migration) {
        this.migration = migration;
    }

    /** The number of rows that hold a legacy key now. */
    long legacy() throws SQLException {
        // Not LIKE: the underscore of the prefix would match any character.
        return migration.number("SELECT COUNT(*) FROM `" + CatalogSeeding.TABLE + "` WHERE BINARY LEFT("
                + CatalogSeeding.COLUMN + ", " + (SampleRow.LEGACY_PREFIX.length() + 1) + ") = '"
                + SampleRow.LEGACY_PREFIX + "/'");
    }

    private boolean exists() throws SQLException {
        return migration.number(
                        "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = '"
                                + EmulatedMigration.MAPPING_TABLE + "_batch'")
                > 0;
    }

    /** The number of records whose batch has been applied. */
    long done() throws SQLException {
        return exists()
                ? migration.number("SELECT COALESCE(SUM(migrated + changed + deleted + failed), 0) FROM "
                        + EmulatedMigration.MAPPING_TABLE + "_batch")
                : 0;
    }
}
