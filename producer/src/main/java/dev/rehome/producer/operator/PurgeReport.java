package dev.rehome.producer.operator;

import dev.rehome.common.process.Printable;
import dev.rehome.producer.report.CountLine;
import dev.rehome.producer.report.Tally;
import java.util.Locale;

/** Counts the outcomes of a purge, with the first few of the objects that stay. For one thread. */
final class PurgeReport {
    /** The outcome for one object. */
    enum Outcome {
        DELETED("deleted", ""),
        HIDDEN(
                "hidden",
                "behind delete markers: the bucket is versioned, so a lifecycle rule has to expire the old versions"),
        GONE("gone", "deleted by somebody else in the meantime"),
        REFERENCED("kept", "because a row refers to them now"),
        OVERWRITTEN("kept", "because they were overwritten after the copy, or nothing proves that they weren't"),
        UNPROVEN("kept", "because the copy is missing or was replaced"),
        UNREADABLE("kept", "because the object or its copy can't be inspected"),
        REFUSED("kept", "because the store denies the deletion");

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

    private final Tally<Outcome, String> outcomes = new Tally<>(LISTED);

    /** Counts an object; {@code detail} says more, for one that stays. */
    void add(Outcome outcome, String objectKey, String detail) {
        outcomes.add(outcome, detail.isEmpty() ? objectKey : objectKey + ": " + detail);
    }

    /** How many objects were counted. */
    long objects() {
        return outcomes.total();
    }

    /** How many of them have this outcome. */
    long count(Outcome outcome) {
        return outcomes.count(outcome);
    }

    /** Lines for a terminal. */
    String text() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "Of %,d legacy objects:%n", objects()));
        outcomes.counts().forEach((outcome, count) -> {
            text.append(CountLine.of(outcome.verb, count, outcome.note));
            if (!outcome.isGone()) {
                outcomes.first(outcome)
                        .forEach(line ->
                                text.append("      ").append(Printable.of(line)).append('\n'));
            }
        });
        return text.toString();
    }
}
