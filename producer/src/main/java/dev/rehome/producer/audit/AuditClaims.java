package dev.rehome.producer.audit;

import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.MigratedRecord;
import dev.rehome.common.catalog.MigratedRecord.Reference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What rows and mapping table say about the keys of both buckets, sorted by key on disk.
 *
 * @param sources the claims about keys of the legacy bucket
 * @param targets the claims about keys of the new bucket
 * @param keys the rule of keys that no manifest names
 * @param hasManifest whether a manifest has chosen the keys: then the prefixes don't tell a legacy location from a new one
 * @param isOneBucket whether both buckets are the same
 */
record AuditClaims(KeySort sources, KeySort targets, TargetKeyRule keys, boolean hasManifest, boolean isOneBucket) {
    /** Rows hold the key; the value is their number. */
    private static final int ROW = 1;
    /** A row holds the legacy key from which this target key is derived. */
    private static final int PENDING = 2;
    /** The object was copied from or to this key, and its row holds the new one; the value is the other side. */
    private static final int MIGRATED = 3;
    /** The object was copied to this key, and its row has changed since; the value is that of {@link #MIGRATED}. */
    private static final int COPIED = 4;
    /** A source of this target key; the value is its size, whether rows hold it, and its key. */
    private static final int SOURCE = 5;

    /** What is said about one key. */
    static final class Group {
        private final String key;
        private final Set<String> proofs = new HashSet<>();
        private long rows;
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

        /** How many rows hold the key, apart from {@link #migrated} ones. */
        long rows() {
            return rows;
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
                case ROW -> rows += Long.parseLong(entry.value());
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
        if (hasManifest || keys.isLegacy(location)) {
            sources.add(location, ROW, "1");
        } else if (location.startsWith(keys.target())) {
            targets.add(location, ROW, "1");
        }
        // The new key of some legacy locations would be a legacy one again: they fail, and nothing is copied.
        if (!hasManifest && keys.isLegacy(location) && !keys.remainsLegacy(location)) {
            targets.add(keys.targetOf(location), PENDING, location);
        }
    }

    /** A row holds a location that the manifest names. */
    void listed(SourceRecord record) throws IOException {
        if (record.targetKey().isPresent()
                || (keys.isLegacy(record.location()) && !keys.remainsLegacy(record.location()))) {
            targets.add(
                    record.targetKey().orElseGet(() -> keys.targetOf(record.location())), PENDING, record.location());
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

    /**
     * Passes on what is known about a legacy key.
     *
     * @param size of its object; empty when there is none
     * @return whether the rows that hold the key are judged with the new bucket, because the key may be a new one
     */
    boolean passOn(Group group, Optional<Long> size) throws IOException {
        if (size.isPresent() && group.migrated().isPresent()) {
            targets.add(
                    group.migrated().get(), SOURCE, size.get() + " " + (group.rows() == 0 ? "0 " : "1 ") + group.key());
        }
        boolean mayBeNew = hasManifest && !keys.isLegacy(group.key()) && (isOneBucket || size.isEmpty());
        if (mayBeNew && group.rows() > 0) {
            targets.add(group.key(), ROW, Long.toString(group.rows()));
        }
        return mayBeNew;
    }

    /** Takes everything that is said about a key, which is the next one or isn't mentioned. */
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
