package dev.rehome.manifest;

import dev.rehome.common.batch.CollisionCheck;
import dev.rehome.common.batch.CollisionCheck.Collision;
import dev.rehome.common.batch.CollisionCheck.Visitor;
import dev.rehome.common.catalog.KeysInUse;
import dev.rehome.common.catalog.ManifestEntry;
import dev.rehome.manifest.ManifestErrors.Kind;

/**
 * Checks the lines of a manifest against each other: a key with two new keys, two keys with one new key, and new keys that
 * are keys of the manifest themselves. Repeating a line is harmless.
 */
record CrossLineChecks(ManifestEntries source, CollisionCheck check, ManifestErrors errors) {
    /** Enough for any message; a manifest with more is wrong as a whole. */
    private static final int MOST_KEYS = 10_000;

    /** Reads the manifest as often as the memory of the check requires, and adds errors. */
    void run() {
        check.find(this::newKeysByKey, MOST_KEYS, found -> add(Kind.TWO_NEW_KEYS, found, " to ", "to "));
        check.find(this::keysByNewKey, MOST_KEYS, found -> add(Kind.TWO_KEYS, found, " of ", "of "));
        check.find(
                this::keysThenNewKeys,
                MOST_KEYS,
                found -> errors.add(
                        Kind.CHAIN,
                        found.other().position(),
                        ManifestErrors.quoted(found.name()) + ", which is the key in line "
                                + found.first().position()));
    }

    /** Adds an error for each line whose new key holds an object that was copied from another key. */
    void findInUse(CollisionCheck.Pairs inUse) {
        check.find(visitor -> inUseThenKeysByNewKey(inUse, visitor), MOST_KEYS, found -> {
            if (found.first().position() == KeysInUse.POSITION && found.other().position() != KeysInUse.POSITION) {
                errors.add(
                        Kind.IN_USE,
                        found.other().position(),
                        ManifestErrors.quoted(found.name()) + " of "
                                + ManifestErrors.quoted(found.other().value()) + ", in use for the object of "
                                + ManifestErrors.quoted(found.first().value()));
            }
        });
    }

    private void inUseThenKeysByNewKey(CollisionCheck.Pairs inUse, Visitor visitor) {
        boolean[] continues = {true};
        inUse.forEach((position, newKey, key) -> {
            continues[0] = visitor.visit(position, newKey, key);
            return continues[0];
        });
        if (continues[0]) {
            keysByNewKey(visitor);
        }
    }

    private void add(Kind kind, Collision found, String relation, String otherRelation) {
        errors.add(
                kind,
                found.other().position(),
                ManifestErrors.quoted(found.name()) + relation
                        + ManifestErrors.quoted(found.other().value())
                        + ", in line " + found.first().position() + " " + otherRelation
                        + ManifestErrors.quoted(found.first().value()));
    }

    private void newKeysByKey(Visitor visitor) {
        forEach((line, entry) -> visitor.visit(line, entry.objectKey(), targetOf(entry)));
    }

    private void keysByNewKey(Visitor visitor) {
        forEach((line, entry) -> visitor.visit(line, targetOf(entry), entry.objectKey()));
    }

    /** All keys come first, so that every line whose new key is among them collides. */
    private void keysThenNewKeys(Visitor visitor) {
        boolean completed = forEach((line, entry) -> visitor.visit(line, entry.objectKey(), "key"));
        if (completed) {
            forEach((line, entry) -> visitor.visit(line, targetOf(entry), "new key"));
        }
    }

    private String targetOf(ManifestEntry entry) {
        return source.targetOf(entry);
    }

    /** Receives entries until it returns false. */
    private interface EntryVisitor {
        boolean visit(long line, ManifestEntry entry);
    }

    private boolean forEach(EntryVisitor visitor) {
        try (ManifestEntries.Reader entries = source.open(new ManifestErrors())) {
            while (entries.hasNext()) {
                ManifestEntry entry = entries.next();
                if (!visitor.visit(entries.line(), entry)) {
                    return false;
                }
            }
            return true;
        }
    }
}
