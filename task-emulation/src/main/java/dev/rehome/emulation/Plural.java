package dev.rehome.emulation;

import java.util.Locale;

/** Counts in English. */
final class Plural {
    private Plural() {}

    /** The count with its noun, such as {@code 1 row} and {@code 2,000 rows}. */
    static String of(long count, String noun) {
        String many = noun.endsWith("s") ? noun + "es" : noun + "s";
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? noun : many);
    }
}
