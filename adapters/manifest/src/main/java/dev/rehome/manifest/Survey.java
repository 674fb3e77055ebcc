package dev.rehome.manifest;

import dev.rehome.common.Rejected;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The first look through a manifest: how many lines it has, what its columns hold where no setting says it, and its
 * digest.
 *
 * @param layout which column holds what
 * @param header whether its first line names the fields
 * @param lines how many lines it has, a header not counted
 * @param digest the SHA-256 of its content in hex
 */
record Survey(Layout layout, boolean header, long lines, String digest) {
    /** What S3 makes; nothing tells it from a key of one's own. */
    private static final Pattern VERSION_ID = Pattern.compile("|null|[A-Za-z0-9._-]{32}");

    /**
     * Looks.
     *
     * @param bucket the source bucket
     * @throws Rejected when the columns can't be told
     * @throws ManifestLines.NotCsv when it is no CSV
     */
    static Survey of(Path file, Optional<List<Field>> told, String bucket) throws IOException {
        try (ManifestLines lines = new ManifestLines(file)) {
            Columns columns = new Columns(bucket);
            Optional<Line> first = lines.hasNext() ? Optional.of(lines.next()) : Optional.empty();
            Optional<Line> header = first.filter(Line::isHeader);
            if (header.isEmpty()) {
                first.ifPresent(columns::add);
            }
            lines.forEachRemaining(columns::add);
            Layout layout =
                    told.or(() -> header.map(Survey::named)).map(Layout::of).orElseGet(columns::layout);
            return new Survey(layout, header.isPresent(), columns.lines, lines.digest());
        }
    }

    private static List<Field> named(Line header) {
        try {
            return Field.list(String.join(",", header.fields()));
        } catch (IllegalArgumentException twice) {
            throw new Rejected("MANIFEST, line " + header.number() + " names a field twice: correct it.");
        }
    }

    /** What the columns of all lines have in common. */
    private static final class Columns {
        private final String bucket;
        private long lines;
        private long ofBucket;
        private long firstOther;
        private boolean third;
        private boolean thirdIsName;

        private Columns(String bucket) {
            this.bucket = bucket;
        }

        private void add(Line line) {
            lines++;
            List<String> fields = line.fields();
            if (fields.size() > 1 && fields.get(0).equals(bucket)) {
                ofBucket++;
            } else if (firstOther == 0) {
                firstOther = line.number();
            }
            third |= fields.size() == 3;
            thirdIsName |=
                    fields.size() == 3 && !VERSION_ID.matcher(fields.get(2)).matches();
        }

        private Layout layout() {
            if (ofBucket == 0) {
                return Layout.KEYS;
            }
            if (ofBucket < lines) {
                throw new Rejected("MANIFEST: some lines begin with SOURCE_S3_BUCKET's name and others don't,"
                        + " line " + firstOther + " first. Correct them, or say with MANIFEST_FIELDS what the columns"
                        + " hold: Bucket,Key or Key,NewKey.");
            }
            if (third && !thirdIsName) {
                throw new Rejected("MANIFEST: behind bucket and key all lines hold what may be a version. Say"
                        + " with MANIFEST_FIELDS what it is: Bucket,Key,NewKey, or Bucket,Key,Ignore to copy what is"
                        + " current.");
            }
            return Layout.BUCKET_KEYS;
        }
    }
}
