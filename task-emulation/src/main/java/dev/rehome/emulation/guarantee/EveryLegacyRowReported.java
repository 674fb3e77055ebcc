package dev.rehome.emulation.guarantee;

import dev.rehome.emulation.application.CatalogRows;
import dev.rehome.emulation.application.WrittenRow;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.seeding.SampleRow;
import dev.rehome.emulation.verification.Verdict;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * Each row that still holds a legacy key is in the failure report of the latest run with a reason, the report counts no
 * others, and no outcome was recorded after the update of its batch. This guarantee judges the migrator's own tables.
 */
record EveryLegacyRowReported(EmulatedMigration migration) implements Guarantee {
    @Override
    public String property() {
        return "every row that still holds a legacy key is reported with a reason";
    }

    @Override
    public void judge(Verdict verdict) throws SQLException {
        try (Connection connection = migration.connect();
                Statement statement = connection.createStatement()) {
            Map<String, String> reasons = new HashMap<>();
            try (ResultSet failed = statement.executeQuery("SELECT k1, old_location, code FROM rehome_mapping"
                    + " WHERE outcome = 'FAILED' AND run_no = (SELECT MAX(run_no) FROM rehome_mapping_run)")) {
                while (failed.next()) {
                    reasons.put(failed.getLong(1) + " " + failed.getString(2), failed.getString(3));
                }
            }
            long legacy = 0;
            for (Map.Entry<Long, WrittenRow> row : CatalogRows.of(connection).entrySet()) {
                String location = row.getValue().location();
                if (SampleRow.isLegacy(location)) {
                    legacy++;
                    if (reasons.getOrDefault(row.getKey() + " " + location, "").isEmpty()) {
                        verdict.breach("row " + row.getKey() + " holds '" + location + "' and is not reported");
                    }
                }
            }
            long reported = number(
                    statement,
                    "SELECT JSON_VALUE(report, '$.failed') FROM rehome_mapping_run ORDER BY run_no DESC LIMIT 1");
            if (reported != legacy) {
                verdict.breach(reported + " records are reported as failed, " + legacy + " rows hold a legacy key");
            }
            long late = number(
                    statement,
                    "SELECT COUNT(*) FROM rehome_mapping m JOIN rehome_mapping_batch b USING (batch_id)"
                            + " WHERE m.recorded_at > b.applied_at");
            if (late > 0) {
                verdict.breach(late + " outcomes were recorded after the update of their batch");
            }
        }
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
