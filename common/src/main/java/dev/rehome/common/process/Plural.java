package dev.rehome.common.process;

import java.util.Locale;

/** Counts in English. */
public final class Plural {
    private Plural() {}

    /** The count with its noun, such as {@code 1 row}, {@code 2,000 batches} and {@code 0 copies}. */
    public static String of(long count, String noun) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? noun : many(noun));
    }

    private static String many(String noun) {
        if (noun.endsWith("py") || noun.endsWith("ry")) {
            return noun.substring(0, noun.length() - 1) + "ies";
        }
        return noun.endsWith("s") || noun.endsWith("ch") ? noun + "es" : noun + "s";
    }
}
