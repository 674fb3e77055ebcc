package dev.rehome.manifest;

import dev.rehome.common.Rejected;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.ManifestEntry;
import dev.rehome.common.store.ObjectKeyRules;
import dev.rehome.manifest.CsvLines.Line;
import dev.rehome.manifest.KeyEncoding.Malformed;
import dev.rehome.manifest.ManifestErrors.Kind;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The entries of a manifest whose columns are known. They can be read repeatedly; each line is checked by itself.
 *
 * @param file the manifest
 * @param detected its columns and its digest
 * @param encoding the encoding of keys
 * @param bucket the source bucket
 * @param targetKeys yields the target keys of entries without a new key
 * @param storeRules the keys that the stores accept
 */
record ManifestEntries(
        Path file,
        LayoutDetection detected,
        KeyEncoding encoding,
        String bucket,
        TargetKeyRule targetKeys,
        ObjectKeyRules storeRules) {
    /** Reads from the beginning; errors of lines are added to {@code errors}. The caller closes the reader. */
    Reader open(ManifestErrors errors) {
        return new Reader(errors);
    }

    /** Reads the entries in their order, without the lines that have errors. */
    final class Reader implements Iterator<ManifestEntry>, AutoCloseable {
        private final ManifestErrors errors;
        private final CsvLines lines;
        private Optional<ManifestEntry> next = Optional.empty();
        private long nextLine;
        private long line;

        private Reader(ManifestErrors errors) {
            this.errors = errors;
            this.lines = new CsvLines(file);
            if (detected.header() && lines.hasNext()) {
                lines.next();
            }
        }

        /** At the end: throws {@link Rejected} if the content differs from the one that was validated. */
        @Override
        public boolean hasNext() {
            while (next.isEmpty() && lines.hasNext()) {
                Line read = lines.next();
                nextLine = read.number();
                next = parse(read, errors);
            }
            if (next.isEmpty() && !lines.digest().equals(detected.digest())) {
                throw new Rejected("MANIFEST was modified while it was being read: start again once it is complete.");
            }
            return next.isPresent();
        }

        @Override
        public ManifestEntry next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            ManifestEntry entry = next.orElseThrow();
            line = nextLine;
            next = Optional.empty();
            return entry;
        }

        /** The line of the last returned entry. */
        long line() {
            return line;
        }

        @Override
        public void close() {
            lines.close();
        }
    }

    /** Parses a line; empty if it is wrong, and then its error has been added. */
    private Optional<ManifestEntry> parse(Line line, ManifestErrors errors) {
        int columns = line.fields().size();
        if (!detected.layout().accepts(columns)) {
            errors.add(
                    Kind.FIELDS,
                    line.number(),
                    columns + " instead of " + detected.layout().expected());
            return Optional.empty();
        }
        String key = "";
        Optional<String> newKey = Optional.empty();
        try {
            for (int i = 0; i < columns; i++) {
                String text = line.fields().get(i);
                switch (detected.layout().fields().get(i)) {
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
