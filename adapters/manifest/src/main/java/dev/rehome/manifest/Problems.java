package dev.rehome.manifest;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is wrong with a manifest: how often each kind of problem was met, and the first lines of each. */
final class Problems {
    /** How many of a kind are told one by one. */
    static final int SHOWN = 20;

    /** A kind of problem; its text says what was expected and what to do. */
    enum Kind {
        CSV("is no CSV as RFC 4180 has it"),
        FIELDS("has other fields than expected"),
        BUCKET("names another bucket than SOURCE_S3_BUCKET: leave it out, one migration moves one bucket"),
        VERSION("names a version: versions are not copied; leave the VersionId empty to copy what is current"),
        KEY("has a key that can't be read"),
        EMPTY_KEY("has an empty key"),
        LONG_KEY("has a key of more than 1,024 bytes in UTF-8, which S3 doesn't take"),
        OUTSIDE("has no new key, and its key is outside LEGACY_S3_OBJECT_PREFIX: add a new key, or leave it out"),
        EMPTY_TARGET("has an empty new key: name one, or leave the field out"),
        LONG_TARGET("has a new key of more than 1,024 bytes in UTF-8, which S3 doesn't take: shorten it"),
        DOTS("has a new key with a . or .. between slashes, which clients and servers on the way fold: name another"),
        UNWRITABLE("has a new key that the column's character set can't hold: name another"),
        SAME("has a new key that is its key: a moved row could not be told from one to be moved; name another"),
        TWO_TARGETS("gives a key another new key than a line before: keep one of them"),
        TWO_KEYS("has a new key that another key has too: two objects can't be one; name another"),
        CHAIN("has a new key that is a key of the manifest: a moved row could not be told from one to be moved");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    private final Map<Kind, List<String>> first = new EnumMap<>(Kind.class);
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);

    /** Notes a problem of a line; {@code what} names the field in question, empty when there is nothing to add. */
    void add(Kind kind, long line, String what) {
        counts.merge(kind, 1L, Long::sum);
        List<String> lines = first.computeIfAbsent(kind, any -> new ArrayList<>());
        if (lines.size() < SHOWN) {
            lines.add("line " + line + (what.isEmpty() ? "" : ": " + what));
        }
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    /** One text for each kind. */
    List<String> texts() {
        List<String> texts = new ArrayList<>();
        counts.forEach((kind, count) -> {
            List<String> lines = first.get(kind);
            String more =
                    count > lines.size() ? String.format(Locale.ROOT, "; and %,d more", count - lines.size()) : "";
            texts.add(String.format(Locale.ROOT, "MANIFEST, %,d %s: it ", count, count == 1 ? "line" : "lines each")
                    + kind.text + " (" + String.join("; ", lines) + more + ").");
        });
        return texts;
    }

    /** A key for a message: quoted, and cut when it is long. */
    static String quoted(String key) {
        return "'" + (key.length() <= 120 ? key : key.substring(0, 117) + "…") + "'";
    }
}
