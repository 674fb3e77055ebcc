package dev.rehome.manifest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a column of a manifest holds. The first four have the names that S3 Batch Operations gives them. */
public enum Field {
    /** The object's bucket: the source bucket in every line. */
    BUCKET("Bucket"),
    /** The object's key in the source bucket. */
    KEY("Key"),
    /** A version of the object: versions are not copied, so it must be empty. */
    VERSION_ID("VersionId"),
    /** What nobody looks at. */
    IGNORE("Ignore"),
    /** The object's key in the target bucket. */
    NEW_KEY("NewKey");

    private final String spelled;

    Field(String spelled) {
        this.spelled = spelled;
    }

    /** Reads a field's name in any case; empty when it is none. */
    static Optional<Field> named(String text) {
        String name = text.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(field -> field.spelled.toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    /**
     * Reads a comma list of names.
     *
     * @throws IllegalArgumentException when a name is unknown, Key is missing, or one but Ignore stands twice
     */
    static List<Field> list(String text) {
        List<Field> fields = Arrays.stream(text.split(",", -1))
                .map(name -> named(name).orElseThrow(IllegalArgumentException::new))
                .toList();
        boolean twice =
                fields.stream().filter(field -> field != IGNORE).distinct().count()
                        != fields.stream().filter(field -> field != IGNORE).count();
        if (!fields.contains(KEY) || twice) {
            throw new IllegalArgumentException();
        }
        return fields;
    }

    @Override
    public String toString() {
        return spelled;
    }
}
