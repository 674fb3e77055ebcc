package dev.rehome.emulation.guarantee;

import dev.rehome.emulation.application.CatalogRows;
import dev.rehome.emulation.seeding.SampleRow;
import dev.rehome.emulation.verification.Verdict;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Every committed update was made by the one connection that held the producer's lock at that moment, and replaced a
 * legacy key by its new key. No two old keys became one new key, and no row holds a new key without such an update.
 */
record OnlyTheLeaderUpdates(CommittedUpdates updates) implements Guarantee {
    @Override
    public String property() {
        return "only the holder of the producer's lock updated rows, each to the new key of its old key";
    }

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
            if (!SampleRow.isLegacy(update.before())
                    || !SampleRow.targetOf(update.before()).equals(update.after())) {
                verdict.breach("row " + update.row() + " was updated from '" + update.before() + "' to '"
                        + update.after() + "'");
            }
            String other = origins.putIfAbsent(update.after(), update.before());
            if (other != null && !other.equals(update.before())) {
                verdict.breach("'" + other + "' and '" + update.before() + "' both became '" + update.after() + "'");
            }
        }
        CatalogRows.of(updates.migration()).forEach((id, row) -> {
            if (updates.migration().journal().isMigrated(row.location()) && !updated.contains(id)) {
                verdict.breach("row " + id + " holds '" + row.location() + "' without a committed update");
            }
        });
    }
}
