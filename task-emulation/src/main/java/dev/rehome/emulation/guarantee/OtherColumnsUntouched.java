package dev.rehome.emulation.guarantee;

import dev.rehome.emulation.application.CatalogRows;
import dev.rehome.emulation.application.WrittenRow;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.verification.Verdict;
import java.sql.SQLException;
import java.util.Map;

/** All other columns, even the one with ON UPDATE, hold the values that the application committed last. */
public record OtherColumnsUntouched(EmulatedMigration migration) implements Guarantee {
    @Override
    public String property() {
        return "no other column was changed, not even one with ON UPDATE";
    }

    @Override
    public void judge(Verdict verdict) throws SQLException {
        Map<Long, WrittenRow> written = migration.journal().rows();
        CatalogRows.of(migration).forEach((id, row) -> {
            WrittenRow expected = written.get(id);
            if (expected != null
                    && !(expected.name().equals(row.name()) && expected.stamp().equals(row.stamp()))) {
                verdict.breach("row " + id + " is " + row + ", but the application wrote " + expected);
            }
        });
    }
}
