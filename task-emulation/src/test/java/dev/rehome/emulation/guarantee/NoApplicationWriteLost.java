package dev.rehome.emulation.guarantee;

import dev.rehome.emulation.application.WrittenRow;
import dev.rehome.emulation.stage.CatalogRows;
import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.verification.Verdict;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * I3 and L1: every row that the application inserted is there and none that it deleted; each holds the value that the
 * application committed last, byte for byte, or that value's new key if its object exists. The seeding counts as the
 * application's first writes, so nothing is left behind either.
 */
public record NoApplicationWriteLost(MigrationStage stage) implements Guarantee {
    @Override
    public void judge(Verdict verdict) throws SQLException {
        Map<Long, WrittenRow> written = stage.journal().rows();
        Map<Long, WrittenRow> found = CatalogRows.of(stage);
        Set<Long> ids = new HashSet<>(written.keySet());
        ids.addAll(found.keySet());
        for (long id : ids) {
            if (!found.containsKey(id)) {
                verdict.breach("row " + id + " is gone");
            } else if (!written.containsKey(id)) {
                verdict.breach("row " + id + " was deleted by the application and is there");
            } else {
                String committed = written.get(id).location();
                String expected = stage.journal().atTheEnd(committed);
                String present = found.get(id).location();
                if (!Objects.equals(expected, present)) {
                    verdict.breach("row " + id + " holds '" + present + "', the application wrote '" + committed
                            + "', expected '" + expected + "'");
                }
            }
        }
    }
}
