package dev.rehome.manifest;

import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.ManifestEntry;
import dev.rehome.common.store.ObjectKeyRules;
import dev.rehome.manifest.CsvLines.Line;
import dev.rehome.manifest.KeyEncoding.Malformed;
import dev.rehome.manifest.ManifestErrors.Kind;
import java.util.Optional;

/**
 * Parses the lines of a manifest and checks each one by itself.
 *
 * @param bucket the source bucket
 * @param targetKeys yields the target keys of entries without a new key
 * @param storeRules the keys that the stores accept
 */
record EntryParser(
        Layout layout, KeyEncoding encoding, String bucket, TargetKeyRule targetKeys, ObjectKeyRules storeRules) {
    /** Parses a line; empty if it is wrong, and then its error has been added. */
    Optional<ManifestEntry> parse(Line line, ManifestErrors errors) {
        int columns = line.fields().size();
        if (!layout.accepts(columns)) {
            errors.add(Kind.FIELDS, line.number(), columns + " instead of " + layout.expected());
            return Optional.empty();
        }
        String key = "";
        Optional<String> newKey = Optional.empty();
        try {
            for (int i = 0; i < columns; i++) {
                String text = line.fields().get(i);
                switch (layout.fields().get(i)) {
                    case BUCKET -> {
                        if (!text.equals(bucket)) {
                            return wrong(Kind.BUCKET, line, KeyEncoding.text(text), "", errors);
                        }
                    }
                    case KEY -> key = encoding.decode(text);
                    case NEW_KEY -> newKey = Optional.of(encoding.decode(text));
                    case VERSION_ID -> {
                        if (!text.isEmpty() && !text.equals("null")) {
                            return wrong(Kind.VERSION, line, KeyEncoding.text(text), "", errors);
                        }
                    }
                    case IGNORE -> {}
                }
            }
        } catch (Malformed malformed) {
            errors.add(Kind.ENCODING, line.number(), malformed.getMessage());
            return Optional.empty();
        }
        return checked(key, newKey, line, errors);
    }

    private Optional<ManifestEntry> checked(String key, Optional<String> newKey, Line line, ManifestErrors errors) {
        Optional<String> problem = storeRules.problem(key);
        if (problem.isPresent()) {
            return wrong(Kind.INVALID_KEY, line, key, problem.get(), errors);
        }
        if (newKey.isEmpty() && !targetKeys.isLegacy(key)) {
            return wrong(Kind.OUTSIDE, line, key, "", errors);
        }
        if (newKey.isEmpty() && targetKeys.remainsLegacy(key)) {
            return wrong(Kind.STILL_LEGACY, line, key, "", errors);
        }
        String target = newKey.orElseGet(() -> targetKeys.targetOf(key));
        problem = storeRules.problem(target);
        if (problem.isPresent()) {
            String detail = "of key " + ManifestErrors.quoted(key) + ", " + problem.get();
            return wrong(Kind.INVALID_NEW_KEY, line, target, detail, errors);
        }
        return target.equals(key)
                ? wrong(Kind.SAME, line, key, "", errors)
                : Optional.of(new ManifestEntry(key, newKey));
    }

    private static Optional<ManifestEntry> wrong(
            Kind kind, Line line, String text, String detail, ManifestErrors errors) {
        errors.add(kind, line.number(), (ManifestErrors.quoted(text) + " " + detail).strip());
        return Optional.empty();
    }

    /** The key that an entry's object gets. */
    String targetOf(ManifestEntry entry) {
        return entry.targetKey().orElseGet(() -> targetKeys.targetOf(entry.objectKey()));
    }
}
