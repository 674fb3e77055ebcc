package dev.rehome.producer;

import dev.rehome.common.batch.SourceRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts failed records by code and keeps the first few of each code. Not safe for use by several threads. */
final class FailureSummary {
    /** How many records of a code are kept; the mapping table has all of them. */
    static final int LISTED = 20;

    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<String, List<SourceRecord>> first = new TreeMap<>();

    void add(String code, SourceRecord record) {
        counts.merge(code, 1L, Long::sum);
        List<SourceRecord> records = first.computeIfAbsent(code, any -> new ArrayList<>());
        if (records.size() < LISTED) {
            records.add(record);
        }
    }

    /** The number of failed records by code. */
    Map<String, Long> counts() {
        return Collections.unmodifiableMap(counts);
    }

    /** The first records of a code, at most {@value #LISTED}. */
    List<SourceRecord> first(String code) {
        return Collections.unmodifiableList(first.getOrDefault(code, List.of()));
    }

    /** The number of failed records. */
    long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
