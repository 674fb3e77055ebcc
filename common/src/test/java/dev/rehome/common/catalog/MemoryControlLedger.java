package dev.rehome.common.catalog;

import dev.rehome.common.queue.ControlState;
import dev.rehome.common.queue.Hold;
import dev.rehome.common.queue.OperatorControl;
import dev.rehome.common.queue.OperatorControl.Change;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The operator's changes in memory. */
record MemoryControlLedger(SortedMap<Long, Change> kept) implements ControlLedger {
    @Override
    public void save(List<Change> changes) {
        changes.forEach(change -> kept.putIfAbsent(change.revision(), change));
    }

    @Override
    public ControlState state() {
        Map<String, String> values = new TreeMap<>();
        kept.values().stream()
                .filter(change -> !OperatorControl.isRecord(change.name()))
                .forEach(change -> values.put(change.name(), change.after()));
        String hold = values.getOrDefault(OperatorControl.HOLD, "");
        values.remove(OperatorControl.HOLD);
        values.values().removeIf(String::isEmpty);
        return new ControlState(Hold.parse(hold), values, kept.isEmpty() ? 0 : kept.lastKey());
    }

    @Override
    public List<Change> changes(int limit) {
        return kept.values().stream()
                .sorted(Comparator.comparingLong(Change::revision).reversed())
                .limit(limit)
                .toList();
    }
}
