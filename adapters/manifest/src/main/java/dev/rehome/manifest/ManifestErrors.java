package dev.rehome.manifest;

import dev.rehome.common.process.Plural;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The errors of a manifest: the number of lines with each kind of error, and the first lines of each. */
final class ManifestErrors {
    /** How many lines of each kind are listed. */
    static final int LISTED = 20;

    private static final int LONGEST_KEY = 120;

    /** A kind of error, and its remedy. */
    enum Kind {
        FIELDS("an unexpected number of fields"),
        BUCKET("a bucket other than SOURCE_S3_BUCKET; remove these lines, a migration reads one bucket"),
        VERSION("a version; versions can't be migrated, leave VersionId empty to migrate the current one"),
        ENCODING("a key that can't be decoded"),
        INVALID_KEY("a key that the store doesn't accept; remove the line"),
        OUTSIDE("a key outside LEGACY_S3_OBJECT_PREFIX without a new key; add a new key, or remove the line"),
        STILL_LEGACY("no new key, and the key that the prefixes yield is under LEGACY_S3_OBJECT_PREFIX again;"
                + " add a new key, or remove the line"),
        INVALID_NEW_KEY("a new key that the store doesn't accept; choose another"),
        UNWRITABLE("a new key that the column's character set can't represent; choose another"),
        SAME("a new key that equals the key; migrated and pending rows would be indistinguishable, choose another"),
        TWO_NEW_KEYS("a key with another new key than in an earlier line; keep one of them"),
        TWO_KEYS("a new key that another key has too; choose another, each object needs its own"),
        IN_USE("a new key that a migrated row uses for another object; choose another, each object needs its own"),
        CHAIN("a new key that is also a key of the manifest; migrated and pending rows would be indistinguishable,"
                + " choose another");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    private final Map<Kind, List<String>> first = new EnumMap<>(Kind.class);
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);

    /** Adds an error of a line; {@code detail} names the field or the cause. */
    void add(Kind kind, long line, String detail) {
        counts.merge(kind, 1L, Long::sum);
        List<String> lines = first.computeIfAbsent(kind, any -> new ArrayList<>());
        if (lines.size() < LISTED) {
            lines.add("line " + line + ": " + detail);
        }
    }

    /** One message per kind. */
    List<String> messages() {
        List<String> messages = new ArrayList<>();
        counts.forEach((kind, count) -> {
            List<String> lines = first.get(kind);
            String more =
                    count > lines.size() ? String.format(Locale.ROOT, "; and %,d more", count - lines.size()) : "";
            messages.add("MANIFEST, " + Plural.of(count, "line") + ": " + kind.text + " (" + String.join("; ", lines)
                    + more + ").");
        });
        return messages;
    }

    /** A key in quotes, shortened if it is long. */
    static String quoted(String key) {
        return "'" + (key.length() <= LONGEST_KEY ? key : key.substring(0, LONGEST_KEY - 1) + "…") + "'";
    }
}
