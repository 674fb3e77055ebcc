package dev.rehome.manifest;

import dev.rehome.common.Rejected;
import dev.rehome.common.catalog.ManifestEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The entries of a manifest, in its order, lines with problems left out. Close it. */
final class Entries implements Iterator<ManifestEntry>, AutoCloseable {
    /** Where entries come from, again and again. */
    record Source(Path file, Survey survey, EntryReading reading) {
        /** Reads from the beginning. */
        Entries open(Problems problems) throws IOException {
            return new Entries(this, problems);
        }
    }

    private final Source source;
    private final Problems problems;
    private final ManifestLines lines;
    private Optional<ManifestEntry> next = Optional.empty();
    private long nextLine;
    private long line;

    private Entries(Source source, Problems problems) throws IOException {
        this.source = source;
        this.problems = problems;
        this.lines = new ManifestLines(source.file());
        if (source.survey().header() && lines.hasNext()) {
            lines.next();
        }
    }

    @Override
    public boolean hasNext() {
        while (next.isEmpty() && lines.hasNext()) {
            Line read = lines.next();
            nextLine = read.number();
            next = source.reading().read(read, problems);
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

    /** The line of the last entry. */
    long line() {
        return line;
    }

    /**
     * To be called at the end.
     *
     * @throws Rejected when this was not the content that was looked at first
     */
    void mustBeUnchanged() throws IOException {
        if (!lines.digest().equals(source.survey().digest())) {
            throw new Rejected("MANIFEST was changed while it was read: start again when it is finished.");
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
