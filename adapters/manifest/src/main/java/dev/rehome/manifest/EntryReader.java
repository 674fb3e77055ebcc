package dev.rehome.manifest;

import dev.rehome.common.Rejected;
import dev.rehome.common.catalog.ManifestEntry;
import dev.rehome.manifest.CsvLines.Line;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Reads the entries of a manifest in its order, without the lines that have errors. The caller closes it. */
final class EntryReader implements Iterator<ManifestEntry>, AutoCloseable {
    /** A manifest whose layout is known; it can be read repeatedly. */
    record Source(Path file, LayoutDetection detected, EntryParser parser) {
        /** Reads from the beginning; errors of lines are added to {@code errors}. */
        EntryReader open(ManifestErrors errors) {
            return new EntryReader(this, errors);
        }
    }

    private final Source source;
    private final ManifestErrors errors;
    private final CsvLines lines;
    private Optional<ManifestEntry> next = Optional.empty();
    private long nextLine;
    private long line;

    private EntryReader(Source source, ManifestErrors errors) {
        this.source = source;
        this.errors = errors;
        this.lines = new CsvLines(source.file());
        if (source.detected().header() && lines.hasNext()) {
            lines.next();
        }
    }

    /** At the end: throws {@link Rejected} if the content differs from the one that was validated. */
    @Override
    public boolean hasNext() {
        while (next.isEmpty() && lines.hasNext()) {
            Line read = lines.next();
            nextLine = read.number();
            next = source.parser().parse(read, errors);
        }
        if (next.isEmpty() && !lines.digest().equals(source.detected().digest())) {
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
