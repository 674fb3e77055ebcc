package dev.rehome.common.catalog;

import dev.rehome.common.Remains;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ledger of a {@link MemoryDatabase}, named by its parts. */
record MemoryRemains(MemoryDatabase database) implements Remains {
    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>();
        if (!database.outcomes.isEmpty()) {
            names.add("outcomes");
        }
        if (!database.runs.isEmpty()) {
            names.add("runs");
        }
        return names;
    }

    @Override
    public void drop() {
        database.outcomes.clear();
        database.finished.clear();
        database.requeues.clear();
        database.rollbacks.clear();
        database.lastRollback = Optional.empty();
        database.newProofs.clear();
        database.runs.clear();
    }
}
