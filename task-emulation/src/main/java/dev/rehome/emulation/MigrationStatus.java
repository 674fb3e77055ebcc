package dev.rehome.emulation;

import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.RestartedProcesses;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The progress of the migration by its own tables: for display only, never for a verdict. */
final class MigrationStatus {
    private final EmulatedMigration migration;
    private final long rows;
    private final Instant started = Instant.now();

    MigrationStatus(EmulatedMigration migration, long rows) {
        this.migration = migration;
        this.rows = rows;
    }

    String line(RestartedProcesses processes) throws SQLException {
        double seconds = Duration.between(started, Instant.now()).toMillis() / 1_000.0;
        long done = done();
        long running = processes.all().stream().filter(each -> !each.isDone()).count();
        return String.format(
                Locale.ROOT,
                "%5.1f s | %,d records done of at most %,d | %,.0f/s on average | %d processes running",
                seconds,
                done,
                rows,
                done / seconds,
                running);
    }

    private boolean exists() throws SQLException {
        return migration.number(
                        "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = '"
                                + EmulatedMigration.MAPPING_TABLE + "_batch'")
                > 0;
    }

    private long done() throws SQLException {
        return exists()
                ? migration.number("SELECT COALESCE(SUM(migrated + changed + deleted + failed), 0) FROM "
                        + EmulatedMigration.MAPPING_TABLE + "_batch")
                : 0;
    }
}
