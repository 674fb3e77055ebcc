package dev.rehome.producer;

import dev.rehome.common.batch.SourceRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Failed records by code, with the first few of each by name. Not safe for use by several threads. */
final class FailureTally {
    /** How many records of a code are named; all of them stand in the mapping table. */
    static final int NAMED = 20;

    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<String, List<SourceRecord>> named = new TreeMap<>();

    void add(String code, SourceRecord record) {
        counts.merge(code, 1L, Long::sum);
        List<SourceRecord> records = named.computeIfAbsent(code, any -> new ArrayList<>());
        if (records.size() < NAMED) {
            records.add(record);
        }
    }

    /** How many there are of each code. */
    Map<String, Long> counts() {
        return Collections.unmodifiableMap(counts);
    }

    /** The first of a code. */
    List<SourceRecord> named(String code) {
        return Collections.unmodifiableList(named.getOrDefault(code, List.of()));
    }

    /** All together. */
    long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
