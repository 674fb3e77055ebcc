package dev.rehome.manifest;

import dev.rehome.common.Rejected;
import dev.rehome.common.catalog.ManifestEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/** A manifest that was read from one end to the other. For use by one thread at a time. */
public final class ExaminedManifest {
    private final Entries.Source source;
    private final List<String> problems;
    private final long lines;
    private final long ownNames;
    private final KeyHashes keys;
    private final KeyHashes tooLong;
    private final String identity;

    ExaminedManifest(
            Entries.Source source,
            List<String> problems,
            long lines,
            long ownNames,
            KeyHashes keys,
            KeyHashes tooLong,
            String identity) {
        this.source = source;
        this.problems = List.copyOf(problems);
        this.lines = lines;
        this.ownNames = ownNames;
        this.keys = keys;
        this.tooLong = tooLong;
        this.identity = identity;
    }

    /** What is wrong with it, a text for each kind of problem; with any of them it must not be used. */
    public List<String> problems() {
        return problems;
    }

    /** How many lines it has, empty ones and a header left out. */
    public long lines() {
        return lines;
    }

    /** How many different keys it names. */
    public long keys() {
        return keys.distinct();
    }

    /** How many lines name a new key. */
    public long ownNames() {
        return ownNames;
    }

    /** Names its content and how that is read; at most 200 characters. */
    public String identity() {
        return identity;
    }

    /** Whether it names a key; wrongly yes for one of a million million others. */
    public boolean contains(String key) {
        return keys.contains(key);
    }

    /** Whether it names a key whose new one is longer than the column. */
    public boolean isTooLong(String key) {
        return tooLong.contains(key);
    }

    /**
     * Hands all entries to a reader.
     *
     * @throws Rejected when the content isn't the one any more that was examined; known at the end only
     */
    public void read(Consumer<Iterator<ManifestEntry>> reader) {
        try (Entries entries = source.open(new Problems())) {
            reader.accept(new Iterator<>() {
                @Override
                public boolean hasNext() {
                    if (entries.hasNext()) {
                        return true;
                    }
                    check(entries);
                    return false;
                }

                @Override
                public ManifestEntry next() {
                    return entries.next();
                }
            });
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The manifest can't be read any more", unreadable);
        }
    }

    private static void check(Entries entries) {
        try {
            entries.mustBeUnchanged();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The manifest can't be read any more", unreadable);
        }
    }
}
