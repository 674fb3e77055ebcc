package dev.rehome.consumer.verification;

import dev.rehome.common.catalog.MigratedRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a verification has come to so far. For one thread. */
final class Tally {
    /** How many of each kind are named; all of them stand in the file of findings. */
    static final int NAMED = 10;

    private final Map<FindingKind, Long> counts = new EnumMap<>(FindingKind.class);
    private final Map<FindingKind, List<Finding>> named = new EnumMap<>(FindingKind.class);
    private long right;
    private long repaired;
    private long passedOver;
    private long changed;
    private long deleted;

    /** A reference is as it should be. */
    void right() {
        right++;
    }

    /** A reference that the sample leaves out. */
    void passedOver() {
        passedOver++;
    }

    /** A row that is no reference of ours any more. */
    void notOurs(MigratedRecord.Reference reference) {
        if (reference == MigratedRecord.Reference.DELETED) {
            deleted++;
        } else {
            changed++;
        }
    }

    void found(Finding finding) {
        if (finding.repaired()) {
            repaired++;
            return;
        }
        counts.merge(finding.kind(), 1L, Long::sum);
        List<Finding> first = named.computeIfAbsent(finding.kind(), any -> new ArrayList<>());
        if (first.size() < NAMED) {
            first.add(finding);
        }
    }

    /** Findings that are left, by kind. */
    Map<FindingKind, Long> counts() {
        return Collections.unmodifiableMap(counts);
    }

    /** The first of a kind. */
    List<Finding> named(FindingKind kind) {
        return List.copyOf(named.getOrDefault(kind, List.of()));
    }

    /** Findings that are left. */
    long left() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    long rightOnes() {
        return right;
    }

    long repairedOnes() {
        return repaired;
    }

    long changed() {
        return changed;
    }

    long deleted() {
        return deleted;
    }

    /** References that were looked at. */
    long lookedAt() {
        return right + repaired + left();
    }

    /** Records that were read, looked at or not. */
    long read() {
        return lookedAt() + passedOver + changed + deleted;
    }
}
