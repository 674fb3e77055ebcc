package dev.rehome.producer.audit;

import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.MigratedRecord;
import dev.rehome.common.catalog.MigratedRecord.Reference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The claims of rows and mapping table about the object keys of both buckets, sorted by key on disk.
 *
 * @param sources the claims about keys of the legacy bucket
 * @param targets the claims about keys of the new bucket
 * @param keys the rule of keys that no manifest names
 * @param hasManifest whether a manifest has chosen the keys: then only the manifest decides which locations are legacy ones
 */
record AuditClaims(KeySort sources, KeySort targets, TargetKeyRule keys, boolean hasManifest) {
    /** A row refers to the object with this key. */
    private static final int ROW = 1;
    /** A row holds this value, which may not be an object key. */
    private static final int NAMED = 2;
    /** A row holds the legacy key from which this target key is derived. */
    private static final int PENDING = 3;
    /** The object was copied from or to this key, and its row holds the new one; the value is the other side. */
    private static final int MIGRATED = 4;
    /** The object was copied to this key, and its row has changed since; the value is that of {@link #MIGRATED}. */
    private static final int COPIED = 5;
    /** A source of this target key; the value is its size, whether rows hold it, and its key. */
    private static final int SOURCE = 6;

    /** The claims about one key. */
    static final class Group {
        private final String key;
        private final Set<String> proofs = new HashSet<>();
        private long rows;
        private boolean named;
        private int sources;
        private Optional<String> pending = Optional.empty();
        private Optional<String> migrated = Optional.empty();
        private Optional<String> source = Optional.empty();

        private Group(byte[] key) {
            this.key = new String(key, StandardCharsets.UTF_8);
        }

        String key() {
            return key;
        }

        /** How many rows refer to the object, apart from {@link #migrated} ones. */
        long rows() {
            return rows;
        }

        /** Whether a row holds the key, apart from {@link #migrated} ones. */
        boolean isNamed() {
            return named || rows > 0;
        }

        /** The legacy location of a row whose target key this is. */
        Optional<String> pending() {
            return pending;
        }

        /** The target key of a legacy key; or the proof and the row key of a target key. */
        Optional<String> migrated() {
            return migrated;
        }

        /** The size of the object from which this one was copied. */
        Optional<Long> sourceSize() {
            return source.map(text -> Long.valueOf(text.split(" ", 3)[0]));
        }

        /** The key of the only object from which this one was copied, if no row holds it. */
        Optional<String> unreferencedSource() {
            return source.filter(text -> sources == 1)
                    .map(text -> text.split(" ", 3))
                    .filter(parts -> parts[1].equals("0"))
                    .map(parts -> parts[2]);
        }

        /** The recorded proof of the copy at this key, if all records agree on it. */
        Optional<String> proof() {
            return proofs.size() == 1 ? Optional.of(proofs.iterator().next()) : Optional.empty();
        }

        private void add(KeySort.Entry entry) {
            switch (entry.kind()) {
                case ROW -> rows++;
                case NAMED -> named = true;
                case PENDING -> pending = Optional.of(entry.value());
                case MIGRATED -> {
                    migrated = Optional.of(entry.value());
                    proofs.add(entry.value().split(" ", 2)[0]);
                }
                case COPIED -> proofs.add(entry.value().split(" ", 2)[0]);
                default -> {
                    source = Optional.of(entry.value());
                    sources++;
                }
            }
        }
    }

    /** A row holds this location. */
    void row(String location) throws IOException {
        boolean isLegacy = keys.isLegacy(location);
        // Without a target folder any value could be a new key, even one that isn't a key at all.
        boolean isNew = !isLegacy && !keys.target().isEmpty() && location.startsWith(keys.target());
        if (hasManifest) {
            // A row that the manifest doesn't list isn't part of this migration, but it refers to its object.
            sources.add(location, NAMED, "");
            targets.add(location, isNew ? ROW : NAMED, "");
        } else if (isLegacy) {
            pending(location, Optional.empty());
        } else if (isNew || keys.target().isEmpty()) {
            targets.add(location, isNew ? ROW : NAMED, "");
        }
    }

    /** Whether an object is a legacy one, which a listing of the new ones has too if both are in one bucket. */
    boolean isLegacy(String objectKey) {
        return keys.isLegacy(objectKey);
    }

    /** A row holds a location that is to be migrated; {@code own}: the target key that a manifest gives it. */
    void pending(String location, Optional<String> own) throws IOException {
        sources.add(location, ROW, "");
        if (own.isPresent()) {
            targets.add(own.get(), PENDING, location);
        } else if (keys.isLegacy(location) && !keys.remainsLegacy(location)) {
            // The new key of some legacy locations would be a legacy one again: they fail, and nothing is copied.
            targets.add(keys.targetOf(location), PENDING, location);
        }
    }

    /** A record was migrated. */
    void migrated(MigratedRecord record) throws IOException {
        sources.add(record.oldLocation(), MIGRATED, record.newLocation());
        targets.add(
                record.newLocation(),
                record.reference() == Reference.HELD ? MIGRATED : COPIED,
                record.proof() + " " + record.rowKey());
    }

    /** Passes the object of a legacy key on to the key of its copy. */
    void source(Group group, long size) throws IOException {
        if (group.migrated().isPresent()) {
            targets.add(group.migrated().get(), SOURCE, size + (group.isNamed() ? " 1 " : " 0 ") + group.key());
        }
    }

    /** Takes all claims about a key, which is the next one or has none. */
    static Group take(KeySort claims, byte[] key) throws IOException {
        Group group = new Group(key);
        while (claims.peek()
                .filter(entry -> KeySort.compare(entry.key(), key) == 0)
                .isPresent()) {
            group.add(claims.next().orElseThrow());
        }
        return group;
    }
}
