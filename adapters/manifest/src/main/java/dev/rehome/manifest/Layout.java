package dev.rehome.manifest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The columns of a manifest.
 *
 * @param fields the columns in their order
 * @param required how many of them each line must have; the others are optional
 */
record Layout(List<Field> fields, int required) {
    /** The meaning of a column. S3 Batch Operations uses the names of the first three. */
    enum Field {
        /** The object's bucket: the source bucket in every line. */
        BUCKET("Bucket"),
        /** The object's key in the source bucket. */
        KEY("Key"),
        /** A version of the object: must be empty, because versions aren't migrated. */
        VERSION_ID("VersionId"),
        /** Anything; not read. */
        IGNORE("Ignore"),
        /** The object's key in the target bucket. */
        NEW_KEY("NewKey");

        private final String label;

        Field(String label) {
            this.label = label;
        }

        /** The field with a name in any case; empty if there is none. */
        static Optional<Field> named(String text) {
            return Arrays.stream(values())
                    .filter(field -> field.label.equalsIgnoreCase(text.strip()))
                    .findFirst();
        }

        /**
         * Reads a comma-separated list of names.
         *
         * @throws IllegalArgumentException if a name is unknown, Key is missing, or a field other than Ignore is repeated
         */
        static List<Field> list(String text) {
            List<Field> fields = Arrays.stream(text.split(",", -1))
                    .map(name -> named(name).orElseThrow(IllegalArgumentException::new))
                    .toList();
            List<Field> read = fields.stream().filter(field -> field != IGNORE).toList();
            if (!fields.contains(KEY) || read.stream().distinct().count() != read.size()) {
                throw new IllegalArgumentException();
            }
            return fields;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    /** A key, and in lines with two fields a new key. */
    static final Layout KEYS = new Layout(List.of(Field.KEY, Field.NEW_KEY), 1);
    /** The same after a bucket, as in S3 Batch Operations. */
    static final Layout BUCKET_KEYS = new Layout(List.of(Field.BUCKET, Field.KEY, Field.NEW_KEY), 2);

    Layout {
        fields = List.copyOf(fields);
    }

    /** Exactly these columns. */
    static Layout of(List<Field> fields) {
        return new Layout(fields, fields.size());
    }

    /** Whether a line may have this number of fields. */
    boolean accepts(int columns) {
        return columns >= required && columns <= fields.size();
    }

    /** The accepted number of fields, for messages. */
    String expected() {
        return String.format(
                Locale.ROOT, "%s%d (%s)", required == fields.size() ? "" : required + " to ", fields.size(), this);
    }

    @Override
    public String toString() {
        return fields.stream().map(Field::toString).collect(Collectors.joining(","));
    }
}
