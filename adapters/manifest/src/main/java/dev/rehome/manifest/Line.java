package dev.rehome.manifest;

import java.util.List;
import java.util.Optional;

/**
 * One line of a manifest.
 *
 * @param number of the line that it begins in, from 1
 * @param fields as they stand there, a character for each byte
 */
record Line(long number, List<String> fields) {
    Line {
        fields = List.copyOf(fields);
    }

    /** Whether all that it holds are names of fields, the key's among them. */
    boolean isHeader() {
        return fields.stream().allMatch(field -> Field.named(field).isPresent())
                && fields.stream().anyMatch(field -> Field.named(field).equals(Optional.of(Field.KEY)));
    }
}
