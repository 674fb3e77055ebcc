package dev.rehome.emulation.guarantee;

import dev.rehome.emulation.stage.CatalogRows;
import dev.rehome.emulation.verification.Verdict;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * I11, I7 and I2 once more: every update that was ever committed was made by the one connection that held the producer's
 * lock at that moment, put the new key of just the old one into its row, and no two old keys became one new key.
 */
record UpdatesByTheLocksHolder(CommittedUpdates updates) implements Guarantee {
    @Override
    public void judge(Verdict verdict) throws SQLException {
        Map<String, String> origins = new HashMap<>();
        Set<Long> updated = new HashSet<>();
        for (CommittedUpdates.Update update : updates.all()) {
            updated.add(update.row());
            if (update.connection() != update.holder()) {
                verdict.breach("row " + update.row() + " was updated by connection " + update.connection()
                        + " while the producer's lock was held by " + update.holder());
            }
            if (!update.after().equals(updates.stage().journal().newKeyOf(update.before()))) {
                verdict.breach("row " + update.row() + " was updated from '" + update.before() + "' to '"
                        + update.after() + "'");
            }
            String other = origins.putIfAbsent(update.after(), update.before());
            if (other != null && !other.equals(update.before())) {
                verdict.breach("'" + other + "' and '" + update.before() + "' both became '" + update.after() + "'");
            }
        }
        CatalogRows.of(updates.stage()).forEach((id, row) -> {
            if (updates.stage().journal().isMigrated(row.location()) && !updated.contains(id)) {
                verdict.breach("row " + id + " holds '" + row.location() + "' without an update in the journal");
            }
        });
    }
}
