package dev.rehome.producer.audit;

import dev.rehome.common.batch.RowKey;
import dev.rehome.common.catalog.LocationScanner;
import dev.rehome.common.catalog.MappingRowId;
import dev.rehome.common.catalog.MigratedRecord;
import dev.rehome.common.catalog.MigratedRecords;
import dev.rehome.common.catalog.ScannedRecord;
import dev.rehome.common.catalog.WorkSource;
import dev.rehome.common.process.Plural;
import dev.rehome.common.store.ContentProof;
import dev.rehome.common.store.ObjectLister;
import dev.rehome.producer.audit.AuditClaims.Group;
import dev.rehome.producer.audit.AuditFinding.Kind;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Compares the claims of rows and mapping table about each object key with the listings of both buckets. Rows and mapping
 * table are read in the order of their keys and sorted on disk by object key; the listings come in that order. Several rows may
 * share an object. For one thread.
 */
final class Audit {
    /** The audit ignores failures, so any run will do. */
    private static final int ANY_RUN = 0;

    /** The database's side; {@code listed} are the records that a manifest names, if one has chosen the keys. */
    record Catalog(LocationScanner locations, Optional<WorkSource> listed, MigratedRecords migrated) {}

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
    private final AuditClaims claims;
    private final AuditResults results;
    private final Consumer<AuditProgress> progress;
    private AuditProgress counts = AuditProgress.NONE;

    Audit(
            Catalog catalog,
            Bucket source,
            Bucket target,
            AuditClaims claims,
            AuditResults results,
            Consumer<AuditProgress> progress) {
        this.catalog = catalog;
        this.source = source;
        this.target = target;
        this.claims = claims;
        this.results = results;
        this.progress = progress;
    }

    /** Reconciles everything; returns how much was read. */
    AuditProgress run() throws IOException {
        readRows();
        if (catalog.listed().isPresent()) {
            readListed(catalog.listed().get());
        }
        readMigrated();
        claims.sources().sorted();
        merge(claims.sources(), source, this::judgeSource);
        claims.targets().sorted();
        merge(claims.targets(), target, this::judgeTarget);
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
                claims.row(location);
            }
            counts = counts.withRows(page.locations().size());
            progress.accept(counts());
            end = page.end();
        } while (end.isPresent());
    }

    private void readListed(WorkSource work) throws IOException {
        Optional<RowKey> end = Optional.empty();
        do {
            WorkSource.Page page = work.page(end, ANY_RUN);
            for (ScannedRecord scanned : page.records()) {
                claims.pending(scanned.record().location(), scanned.record().targetKey());
            }
            end = page.end();
        } while (end.isPresent());
    }

    private void readMigrated() throws IOException {
        Optional<MappingRowId> end = Optional.empty();
        do {
            MigratedRecords.Page page = catalog.migrated().page(end);
            for (MigratedRecord record : page.records()) {
                claims.migrated(record);
            }
            counts = counts.withMigrated(page.records().size());
            progress.accept(counts());
            end = page.end();
        } while (end.isPresent());
    }

    /** Judges one key. */
    private interface Judge {
        void judge(Group group, Optional<ObjectLister.Entry> object) throws IOException;
    }

    private void merge(KeySort sorted, Bucket bucket, Judge judge) throws IOException {
        Optional<byte[]> claimed = sorted.peek().map(KeySort.Entry::key);
        Optional<byte[]> listed = bucket.objects().peek();
        while (claimed.isPresent() || listed.isPresent()) {
            boolean claimFirst =
                    listed.isEmpty() || (claimed.isPresent() && KeySort.compare(claimed.get(), listed.get()) <= 0);
            byte[] key = claimFirst ? claimed.get() : listed.get();
            Group group = AuditClaims.take(sorted, key);
            boolean isListed = listed.isPresent() && KeySort.compare(listed.get(), key) == 0;
            judge.judge(group, isListed ? Optional.of(bucket.objects().next()) : Optional.empty());
            claimed = sorted.peek().map(KeySort.Entry::key);
            listed = bucket.objects().peek();
            progress.accept(counts());
        }
    }

    private void judgeSource(Group group, Optional<ObjectLister.Entry> object) throws IOException {
        if (object.isPresent()) {
            claims.source(group, object.get().size());
            if (group.isNamed()) {
                results.referenced();
            } else if (group.migrated().isEmpty()) {
                find(Kind.SOURCE_WITHOUT_ROW, source, group, "");
            }
        } else if (group.rows() > 0 && !source.exists().test(group.key())) {
            find(Kind.ROW_WITHOUT_OBJECT, source, group, Plural.of(group.rows(), "row"));
        }
    }

    private void judgeTarget(Group group, Optional<ObjectLister.Entry> object) {
        if (object.isPresent()) {
            judgeCopy(group, object.get());
        } else if ((group.rows() > 0 || group.migrated().isPresent())
                && !target.exists().test(group.key())) {
            if (group.migrated().isPresent()) {
                String row = group.migrated().get().split(" ", 2)[1];
                find(Kind.APPLIED_BUT_MISSING, target, group, "row " + row);
            } else {
                find(Kind.ROW_WITHOUT_OBJECT, target, group, Plural.of(group.rows(), "row"));
            }
        }
    }

    private void judgeCopy(Group group, ObjectLister.Entry object) {
        Optional<String> etag = object.proof().map(ContentProof::value);
        boolean isSizeEqual =
                group.sourceSize().filter(size -> size != object.size()).isEmpty();
        if (group.migrated().isEmpty() && !group.isNamed()) {
            boolean isOfTheOther = source.name().equals(target.name()) && claims.isLegacy(group.key());
            if (group.pending().isPresent()) {
                find(
                        Kind.COPIED_NOT_APPLIED,
                        target,
                        group,
                        "a row holds " + group.pending().get());
            } else if (!isOfTheOther) {
                find(Kind.TARGET_WITHOUT_ROW, target, group, "");
            }
        } else if (group.migrated().isPresent()) {
            String recorded = group.migrated().get().split(" ", 2)[0];
            if (!isSizeEqual) {
                long expected = group.sourceSize().get();
                find(Kind.SIZE_DIFFERS, target, group, object.size() + " bytes, its source has " + expected);
            } else if (etag.isPresent() && !etag.get().equals(recorded)) {
                find(Kind.ETAG_DIFFERS, target, group, etag.get() + ", recorded " + recorded);
            }
        }
        if (isSizeEqual && etag.isPresent() && etag.equals(group.proof())) {
            group.unreferencedSource()
                    .ifPresent(key -> results.proven(new CopiedObject(key, group.key(), etag.get(), object.size())));
        }
    }

    private void find(Kind kind, Bucket bucket, Group group, String detail) {
        results.found(new AuditFinding(kind, bucket.name(), group.key(), detail));
    }
}
