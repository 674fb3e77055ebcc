package dev.rehome.emulation.guarantee;

import dev.rehome.emulation.application.CatalogRows;
import dev.rehome.emulation.application.WrittenRow;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.verification.Verdict;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Every row that the application inserted exists, and none that it deleted. Each holds the value that the application
 * committed last, byte for byte, or that value's new key if its object exists. Because the seeding counts as the
 * application's first writes, this also shows that every row was migrated.
 */
public record NoApplicationWriteLost(EmulatedMigration migration) implements Guarantee {
    @Override
    public String property() {
        return "each row holds the last write of the application, or its new key";
    }

    @Override
    public void judge(Verdict verdict) throws SQLException {
        Map<Long, WrittenRow> written = migration.journal().rows();
        Map<Long, WrittenRow> found = CatalogRows.of(migration);
        Set<Long> ids = new HashSet<>(written.keySet());
        ids.addAll(found.keySet());
        for (long id : ids) {
            if (!found.containsKey(id)) {
                verdict.breach("row " + id + " is missing");
            } else if (!written.containsKey(id)) {
                verdict.breach("row " + id + " exists, although the application deleted it");
            } else {
                String committed = written.get(id).location();
                String expected = migration.journal().atTheEnd(committed);
                String current = found.get(id).location();
                if (!Objects.equals(expected, current)) {
                    verdict.breach("row " + id + " holds '" + current + "', the application wrote '" + committed
                            + "', expected '" + expected + "'");
                }
            }
        }
    }
}
