package dev.rehome.emulation.guarantee;

import dev.rehome.emulation.application.CatalogRows;
import dev.rehome.emulation.application.WrittenRow;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.seeding.SampleRow;
import dev.rehome.emulation.verification.Verdict;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;

/**
 * Each row that still holds a legacy key is in the failure report of the latest run with a reason, the report counts no
 * others, and no outcome was recorded after its batch was applied. This guarantee reads the migrator's own tables.
 */
record EveryLegacyRowReported(EmulatedMigration migration) implements Guarantee {
    @Override
    public String property() {
        return "every row that still holds a legacy key is reported with a reason";
    }

    @Override
    public void judge(Verdict verdict) throws SQLException {
        Set<String> reported = Set.copyOf(migration.execute("SELECT CONCAT(k1, ' ', old_location) FROM rehome_mapping"
                + " WHERE outcome = 'FAILED' AND code <> ''"
                + " AND run_no = (SELECT MAX(run_no) FROM rehome_mapping_run)"));
        long legacy = 0;
        for (Map.Entry<Long, WrittenRow> row : CatalogRows.of(migration).entrySet()) {
            String location = row.getValue().location();
            if (SampleRow.isLegacy(location)) {
                legacy++;
                if (!reported.contains(row.getKey() + " " + location)) {
                    verdict.breach("row " + row.getKey() + " holds '" + location + "' and isn't reported as failed");
                }
            }
        }
        long failed = migration.number(
                "SELECT JSON_VALUE(report, '$.failed') FROM rehome_mapping_run ORDER BY run_no DESC LIMIT 1");
        if (failed != legacy) {
            verdict.breach(failed + " records are reported as failed, but " + legacy + " rows hold a legacy key");
        }
        long late = migration.number("SELECT COUNT(*) FROM rehome_mapping m JOIN rehome_mapping_batch b"
                + " USING (batch_id) WHERE m.recorded_at > b.applied_at");
        if (late > 0) {
            verdict.breach(late + " outcomes were recorded after their batch was applied");
        }
    }
}
