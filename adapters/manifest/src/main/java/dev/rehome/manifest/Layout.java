package dev.rehome.manifest;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Which column holds what.
 *
 * @param fields the columns, from the first
 * @param least how many of them a line must have: the rest may be left out
 */
record Layout(List<Field> fields, int least) {
    Layout {
        fields = List.copyOf(fields);
    }

    /** A key, and where a line has a second field the new key. */
    static final Layout KEYS = new Layout(List.of(Field.KEY, Field.NEW_KEY), 1);
    /** The same behind a bucket, as S3 Batch Operations has it. */
    static final Layout BUCKET_KEYS = new Layout(List.of(Field.BUCKET, Field.KEY, Field.NEW_KEY), 2);

    /** Just these columns. */
    static Layout of(List<Field> fields) {
        return new Layout(fields, fields.size());
    }

    /** Whether a line may have so many fields. */
    boolean takes(int columns) {
        return columns >= least && columns <= fields.size();
    }

    /** The number of fields, for messages. */
    String expected() {
        return (least == fields.size() ? "" : least + " to ") + fields.size() + " (" + this + ")";
    }

    @Override
    public String toString() {
        return fields.stream().map(Field::toString).collect(Collectors.joining(","));
    }
}
