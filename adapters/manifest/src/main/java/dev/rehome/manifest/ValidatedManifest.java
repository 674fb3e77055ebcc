package dev.rehome.manifest;

import dev.rehome.common.Rejected;
import dev.rehome.common.batch.CollisionCheck;
import dev.rehome.common.batch.KeySet;
import dev.rehome.common.catalog.KeysInUse;
import dev.rehome.common.catalog.ManifestEntry;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** A manifest that was read and validated completely. For use by one thread at a time. */
public final class ValidatedManifest {
    /**
     * The size and identity of a manifest.
     *
     * @param lines the number of lines, without empty ones and the header
     * @param keys the number of different keys
     * @param newKeys the number of lines with a new key
     * @param identity identifies the content and its interpretation; at most 200 characters
     */
    public record Summary(long lines, long keys, long newKeys, String identity) {
        public Summary {
            Objects.requireNonNull(identity, "identity");
        }
    }

    private final ManifestEntries source;
    private final List<String> errors;
    private final Summary summary;
    private final KeySet keys;
    private final KeySet tooLong;

    ValidatedManifest(ManifestEntries source, List<String> errors, Summary summary, KeySet keys, KeySet tooLong) {
        this.source = source;
        this.errors = List.copyOf(errors);
        this.summary = summary;
        this.keys = keys;
        this.tooLong = tooLong;
    }

    /** One message per kind of error, with line numbers. A manifest with errors must not be used. */
    public List<String> errors() {
        return errors;
    }

    public Summary summary() {
        return summary;
    }

    /** Whether the manifest has a key; wrongly true with a probability below 10⁻¹¹. */
    public boolean contains(String key) {
        return keys.contains(key);
    }

    /** Whether the manifest has a key whose new key is longer than the column. */
    public boolean isTooLong(String key) {
        return tooLong.contains(key);
    }

    /**
     * Compares the new keys with those that rows already use.
     *
     * @return one message per kind of error, with line numbers; none if each key in use holds the same object
     */
    public List<String> errorsAgainst(KeysInUse inUse) {
        ManifestErrors found = new ManifestErrors();
        new CrossLineChecks(source, CollisionCheck.ofQuarterHeap(), found).findInUse(inUse);
        return found.messages();
    }

    /**
     * Passes all entries to a reader.
     *
     * @throws Rejected after the last entry, if the content has changed since the validation
     */
    public void read(Consumer<Iterator<ManifestEntry>> reader) {
        try (ManifestEntries.Reader entries = source.open(new ManifestErrors())) {
            reader.accept(entries);
        }
    }
}
