package dev.rehome.producer.report;

import java.util.Locale;

/** One line of a report: a label, a count and a note that explains it. */
public final class CountLine {
    private CountLine() {}

    /** The line with its line break; the note may be empty. */
    public static String of(String label, long count, String note) {
        return String.format(Locale.ROOT, "  %-9s %,14d  %s", label, count, note)
                        .stripTrailing()
                + "\n";
    }
}
