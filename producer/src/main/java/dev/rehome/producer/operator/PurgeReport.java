package dev.rehome.producer.operator;

import dev.rehome.common.process.Printable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts what became of legacy objects, and keeps the first few of those that stay. For one thread. */
final class PurgeReport {
    /** What became of an object. */
    enum Outcome {
        DELETED("deleted", ""),
        HIDDEN(
                "hidden",
                "behind delete markers: the bucket keeps versions, so that a lifecycle rule must expire the bytes"),
        GONE("gone", "deleted by somebody else in the meantime"),
        REFERENCED("kept", "because a row names them by now"),
        OVERWRITTEN("kept", "because they were written after the copy, or nothing proves that they weren't"),
        UNPROVEN("kept", "because the copy has gone or was replaced"),
        UNREADABLE("kept", "because the store doesn't describe the object or its copy"),
        REFUSED("kept", "because the store refuses the deletion");

        private final String verb;
        private final String note;

        Outcome(String verb, String note) {
            this.verb = verb;
            this.note = note;
        }

        /** Whether the object is gone. */
        boolean isGone() {
            return this == DELETED || this == HIDDEN || this == GONE;
        }
    }

    private static final int LISTED = 5;

    private final Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
    private final Map<Outcome, List<String>> first = new EnumMap<>(Outcome.class);
    private long objects;

    /** Counts an object; {@code detail} says more, for one that stays. */
    void add(Outcome outcome, String objectKey, String detail) {
        objects++;
        counts.merge(outcome, 1L, Long::sum);
        List<String> kept = first.computeIfAbsent(outcome, any -> new ArrayList<>());
        if (!outcome.isGone() && kept.size() < LISTED) {
            kept.add(Printable.of(detail.isEmpty() ? objectKey : objectKey + ": " + detail));
        }
    }

    /** How many objects were counted. */
    long objects() {
        return objects;
    }

    /** How many of them have this outcome. */
    long count(Outcome outcome) {
        return counts.getOrDefault(outcome, 0L);
    }

    /** Lines for a terminal. */
    String text() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "Of %,d legacy objects:%n", objects));
        counts.forEach((outcome, count) -> {
            text.append(String.format(Locale.ROOT, "  %-9s %,14d  %s", outcome.verb, count, outcome.note)
                            .stripTrailing())
                    .append('\n');
            first.get(outcome)
                    .forEach(line -> text.append("      ").append(line).append('\n'));
        });
        return text.toString();
    }
}
