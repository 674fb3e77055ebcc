package dev.rehome.manifest;

import dev.rehome.common.Rejected;
import dev.rehome.manifest.CsvLines.Line;
import dev.rehome.manifest.Layout.Field;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The first reading of a manifest: counts its lines, computes its digest, and detects its columns unless they are declared.
 *
 * @param layout the columns
 * @param header whether the first line names the fields
 * @param lines the number of lines without the header
 * @param digest the SHA-256 of the content in hexadecimal digits
 */
record LayoutDetection(Layout layout, boolean header, long lines, String digest) {
    /** S3 generates such version IDs. They can't be distinguished from keys that a user chose. */
    private static final Pattern VERSION_ID = Pattern.compile("|null|[A-Za-z0-9._-]{32}");

    /**
     * Reads the manifest once.
     *
     * @param declared the columns as the settings declare them
     * @param bucket the source bucket
     * @throws Rejected if the manifest isn't readable or its columns are ambiguous
     */
    static LayoutDetection of(Path file, Optional<List<Field>> declared, String bucket) {
        try (CsvLines lines = new CsvLines(file)) {
            Columns columns = new Columns(bucket);
            Optional<Line> first = lines.hasNext() ? Optional.of(lines.next()) : Optional.empty();
            Optional<Line> header = first.filter(LayoutDetection::isHeader);
            if (header.isEmpty()) {
                first.ifPresent(columns::add);
            }
            lines.forEachRemaining(columns::add);
            Layout layout = declared.or(() -> header.map(LayoutDetection::named))
                    .map(Layout::of)
                    .orElseGet(columns::layout);
            return new LayoutDetection(layout, header.isPresent(), columns.lines, lines.digest());
        }
    }

    /** Whether all fields of a line are names of fields, including Key. */
    private static boolean isHeader(Line line) {
        List<Optional<Field>> fields = line.fields().stream().map(Field::named).toList();
        return fields.stream().allMatch(Optional::isPresent) && fields.contains(Optional.of(Field.KEY));
    }

    private static List<Field> named(Line header) {
        try {
            return Field.list(String.join(",", header.fields()));
        } catch (IllegalArgumentException repeated) {
            throw new Rejected(
                    "MANIFEST, line " + header.number() + " names a field twice: remove one of them.", repeated);
        }
    }

    /** Properties of the columns over all lines. */
    private static final class Columns {
        private final String bucket;
        private long lines;
        private long startingWithBucket;
        private long firstWithoutBucket;
        private boolean hasThird;
        private boolean thirdIsNewKey;

        private Columns(String bucket) {
            this.bucket = bucket;
        }

        private void add(Line line) {
            lines++;
            List<String> fields = line.fields();
            if (fields.size() > 1 && fields.get(0).equals(bucket)) {
                startingWithBucket++;
            } else if (firstWithoutBucket == 0) {
                firstWithoutBucket = line.number();
            }
            hasThird |= fields.size() == 3;
            thirdIsNewKey |=
                    fields.size() == 3 && !VERSION_ID.matcher(fields.get(2)).matches();
        }

        private Layout layout() {
            if (startingWithBucket == 0) {
                return Layout.KEYS;
            }
            if (startingWithBucket < lines) {
                throw new Rejected("MANIFEST: some lines start with the name of SOURCE_S3_BUCKET and others don't; the"
                        + " first of those is line " + firstWithoutBucket
                        + ". Correct them, or declare the columns with"
                        + " MANIFEST_FIELDS: Bucket,Key or Key,NewKey.");
            }
            if (hasThird && !thirdIsNewKey) {
                throw new Rejected("MANIFEST: every value of the third column could be a version ID. Declare the"
                        + " columns with MANIFEST_FIELDS: Bucket,Key,NewKey, or Bucket,Key,Ignore to migrate the current"
                        + " versions.");
            }
            return Layout.BUCKET_KEYS;
        }
    }
}
