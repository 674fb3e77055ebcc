package dev.rehome.emulation.guarantee;

import dev.rehome.emulation.application.WrittenRow;
import dev.rehome.emulation.stage.CatalogRows;
import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.verification.Verdict;
import java.sql.SQLException;
import java.util.Map;

/** I4: every other column holds what the application committed last, the column that MariaDB would bump included. */
public record OtherColumnsUntouched(MigrationStage stage) implements Guarantee {
    @Override
    public void judge(Verdict verdict) throws SQLException {
        Map<Long, WrittenRow> written = stage.journal().rows();
        CatalogRows.of(stage).forEach((id, row) -> {
            WrittenRow expected = written.get(id);
            if (expected != null
                    && !(expected.name().equals(row.name()) && expected.stamp().equals(row.stamp()))) {
                verdict.breach("row " + id + ": " + row + " where the application wrote " + expected);
            }
        });
    }
}
