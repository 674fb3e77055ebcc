package dev.rehome.producer.audit;

import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.LocationScanner;
import dev.rehome.common.catalog.MigratedRecord;
import dev.rehome.common.catalog.MigratedRecord.MappingRowId;
import dev.rehome.common.catalog.MigratedRecord.Reference;
import dev.rehome.common.catalog.MigratedRecords;
import dev.rehome.common.store.ContentProof;
import dev.rehome.common.store.ObjectLister;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Merges what rows and mapping table say about each object key with the listings of both buckets. Rows and mapping table
 * are read in the order of their keys and sorted on disk by object key; the listings come in that order. Several rows may
 * share an object. For one thread.
 */
final class Audit {
    /** A row holds the key. */
    private static final int ROW = 1;
    /** A row holds the legacy key from which this target key is derived. */
    private static final int PENDING = 2;
    /** The object was copied from or to this key, and its row holds the new one; the value is the other side. */
    private static final int MIGRATED = 3;
    /** The size of the source of this target key. */
    private static final int SIZE = 4;

    /** What is read. */
    record Catalog(LocationScanner locations, MigratedRecords migrated, TargetKeyRule keys) {}

    /**
     * One of the buckets.
     *
     * @param name for findings
     * @param objects its objects, from their listing
     * @param exists asks for one object, to check a finding once more
     */
    record Bucket(String name, Listing objects, Predicate<String> exists) {}

    private final Catalog catalog;
    private final Bucket source;
    private final Bucket target;
    private final KeySort sources;
    private final KeySort targets;
    private final Consumer<AuditFinding> findings;
    private final Consumer<AuditProgress> progress;
    private AuditProgress counts = AuditProgress.NONE;

    Audit(
            Catalog catalog,
            Bucket source,
            Bucket target,
            KeySort sources,
            KeySort targets,
            Consumer<AuditFinding> findings,
            Consumer<AuditProgress> progress) {
        this.catalog = catalog;
        this.source = source;
        this.target = target;
        this.sources = sources;
        this.targets = targets;
        this.findings = findings;
        this.progress = progress;
    }

    /** Reconciles everything; returns how much was read. */
    AuditProgress run() throws IOException {
        readRows();
        readMigrated();
        sources.sorted();
        merge(sources, source, this::judgeSource);
        targets.sorted();
        merge(targets, target, this::judgeTarget);
        return counts();
    }

    private AuditProgress counts() {
        return counts.withListed(source.objects().listed(), target.objects().listed());
    }

    private void readRows() throws IOException {
        Optional<RowKey> end = Optional.empty();
        do {
            LocationScanner.Page page = catalog.locations().page(end);
            for (String location : page.locations()) {
                if (catalog.keys().isLegacy(location)) {
                    sources.add(location, ROW, "");
                    targets.add(catalog.keys().targetOf(location), PENDING, location);
                } else if (location.startsWith(catalog.keys().target())) {
                    targets.add(location, ROW, "");
                }
            }
            counts = counts.withRows(page.locations().size());
            progress.accept(counts());
            end = page.end();
        } while (end.isPresent());
    }

    private void readMigrated() throws IOException {
        Optional<MappingRowId> end = Optional.empty();
        do {
            MigratedRecords.Page page = catalog.migrated().page(end);
            for (MigratedRecord record : page.records()) {
                sources.add(record.oldLocation(), MIGRATED, record.newLocation());
                if (record.reference() == Reference.HELD) {
                    targets.add(record.newLocation(), MIGRATED, record.proof() + " " + record.rowKey());
                }
            }
            counts = counts.withMigrated(page.records().size());
            progress.accept(counts());
            end = page.end();
        } while (end.isPresent());
    }

    /** What rows and mapping table say about one key, and its object. */
    private static final class Group {
        private final String key;
        private Optional<ObjectLister.Entry> object = Optional.empty();
        private long rows;
        private Optional<String> pending = Optional.empty();
        private Optional<String> migrated = Optional.empty();
        private Optional<Long> sourceSize = Optional.empty();

        private Group(byte[] key) {
            this.key = new String(key, StandardCharsets.UTF_8);
        }

        private void add(KeySort.Entry entry) {
            switch (entry.kind()) {
                case ROW -> rows++;
                case PENDING -> pending = Optional.of(entry.value());
                case MIGRATED -> migrated = Optional.of(entry.value());
                default -> sourceSize = Optional.of(Long.valueOf(entry.value()));
            }
        }
    }

    /** Judges one key. */
    private interface Judge {
        void judge(Group group) throws IOException;
    }

    private void merge(KeySort claims, Bucket bucket, Judge judge) throws IOException {
        Optional<byte[]> claimed = claims.peek().map(KeySort.Entry::key);
        Optional<byte[]> listed = bucket.objects().peek();
        while (claimed.isPresent() || listed.isPresent()) {
            boolean claimFirst =
                    listed.isEmpty() || (claimed.isPresent() && KeySort.compare(claimed.get(), listed.get()) <= 0);
            byte[] key = claimFirst ? claimed.get() : listed.get();
            Group group = new Group(key);
            while (claims.peek()
                    .filter(entry -> KeySort.compare(entry.key(), key) == 0)
                    .isPresent()) {
                group.add(claims.next().orElseThrow());
            }
            if (listed.isPresent() && KeySort.compare(listed.get(), key) == 0) {
                group.object = Optional.of(bucket.objects().next());
            }
            judge.judge(group);
            claimed = claims.peek().map(KeySort.Entry::key);
            listed = bucket.objects().peek();
            progress.accept(counts());
        }
    }

    private void judgeSource(Group group) throws IOException {
        if (group.object.isPresent() && group.migrated.isPresent()) {
            targets.add(
                    group.migrated.get(), SIZE, Long.toString(group.object.get().size()));
        } else if (group.object.isPresent() && group.rows == 0) {
            find(AuditFinding.Kind.SOURCE_WITHOUT_ROW, source, group, "");
        } else if (group.object.isEmpty() && group.rows > 0 && !source.exists().test(group.key)) {
            find(AuditFinding.Kind.ROW_WITHOUT_OBJECT, source, group, group.rows + " rows");
        }
    }

    private void judgeTarget(Group group) {
        if (group.object.isPresent()) {
            judgeCopy(group, group.object.get());
        } else if ((group.rows > 0 || group.migrated.isPresent())
                && !target.exists().test(group.key)) {
            find(
                    group.migrated.isPresent()
                            ? AuditFinding.Kind.APPLIED_BUT_MISSING
                            : AuditFinding.Kind.ROW_WITHOUT_OBJECT,
                    target,
                    group,
                    group.migrated
                            .map(value -> "row " + value.substring(value.indexOf(' ') + 1))
                            .orElse(group.rows + " rows"));
        }
    }

    private void judgeCopy(Group group, ObjectLister.Entry object) {
        if (group.migrated.isEmpty() && group.rows == 0) {
            find(
                    group.pending.isPresent()
                            ? AuditFinding.Kind.COPIED_NOT_APPLIED
                            : AuditFinding.Kind.TARGET_WITHOUT_ROW,
                    target,
                    group,
                    group.pending.map(location -> "a row holds " + location).orElse(""));
        } else if (group.migrated.isPresent()) {
            String recorded = group.migrated.get().split(" ", 2)[0];
            Optional<String> etag = object.proof().map(ContentProof::value);
            if (group.sourceSize.isPresent() && group.sourceSize.get() != object.size()) {
                find(
                        AuditFinding.Kind.SIZE_DIFFERS,
                        target,
                        group,
                        object.size() + " bytes, its source has " + group.sourceSize.get());
            } else if (etag.isPresent() && !etag.get().equals(recorded)) {
                find(AuditFinding.Kind.ETAG_DIFFERS, target, group, etag.get() + ", recorded " + recorded);
            }
        }
    }

    private void find(AuditFinding.Kind kind, Bucket bucket, Group group, String detail) {
        findings.accept(new AuditFinding(kind, bucket.name(), group.key, detail));
    }
}
