package dev.rehome.manifest;

import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.ManifestEntry;
import dev.rehome.manifest.KeyDecoding.Malformed;
import dev.rehome.manifest.Problems.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A line to what it says, judged by itself. */
record EntryReading(Layout layout, KeyDecoding decoding, String bucket, TargetKeyRule keys) {
    /** <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html">S3's limit</a>. */
    private static final int LONGEST_BYTES = 1_024;

    /** The entry of a line; empty when it has none, and then a problem says why. */
    Optional<ManifestEntry> read(Line line, Problems problems) {
        if (!layout.takes(line.fields().size())) {
            problems.add(Kind.FIELDS, line.number(), line.fields().size() + " instead of " + layout.expected());
            return Optional.empty();
        }
        String key = "";
        Optional<String> target = Optional.empty();
        try {
            List<Field> fields = layout.fields();
            for (int i = 0; i < line.fields().size(); i++) {
                String text = line.fields().get(i);
                switch (fields.get(i)) {
                    case BUCKET -> {
                        if (!text.equals(bucket)) {
                            problems.add(Kind.BUCKET, line.number(), Problems.quoted(KeyDecoding.text(text)));
                            return Optional.empty();
                        }
                    }
                    case KEY -> key = decoding.decode(text);
                    case NEW_KEY -> target = Optional.of(decoding.decode(text));
                    case VERSION_ID -> {
                        if (!text.isEmpty() && !text.equals("null")) {
                            problems.add(Kind.VERSION, line.number(), Problems.quoted(KeyDecoding.text(text)));
                            return Optional.empty();
                        }
                    }
                    case IGNORE -> {}
                }
            }
        } catch (Malformed malformed) {
            problems.add(Kind.KEY, line.number(), malformed.getMessage());
            return Optional.empty();
        }
        Optional<Kind> problem = problem(key, target);
        if (problem.isPresent()) {
            problems.add(problem.get(), line.number(), described(problem.get(), key, target));
            return Optional.empty();
        }
        return Optional.of(new ManifestEntry(key, target));
    }

    private Optional<Kind> problem(String key, Optional<String> own) {
        if (key.isEmpty()) {
            return Optional.of(Kind.EMPTY_KEY);
        }
        if (isLong(key)) {
            return Optional.of(Kind.LONG_KEY);
        }
        if (own.isEmpty() && !keys.isLegacy(key)) {
            return Optional.of(Kind.OUTSIDE);
        }
        String target = own.orElseGet(() -> keys.targetOf(key));
        if (target.isEmpty()) {
            return Optional.of(Kind.EMPTY_TARGET);
        }
        if (isLong(target)) {
            return Optional.of(Kind.LONG_TARGET);
        }
        if (target.equals(key)) {
            return Optional.of(Kind.SAME);
        }
        boolean dots = own.isPresent()
                && Arrays.stream(target.split("/", -1)).anyMatch(part -> part.equals(".") || part.equals(".."));
        return dots ? Optional.of(Kind.DOTS) : Optional.empty();
    }

    private static boolean isLong(String key) {
        return key.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES;
    }

    private static String described(Kind kind, String key, Optional<String> target) {
        return switch (kind) {
            case EMPTY_KEY -> "";
            case LONG_TARGET, DOTS -> Problems.quoted(target.orElse(key));
            default -> Problems.quoted(key);
        };
    }
}
