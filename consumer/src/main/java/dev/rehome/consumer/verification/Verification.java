package dev.rehome.consumer.verification;

import dev.rehome.common.catalog.MappingRowId;
import dev.rehome.common.catalog.MigratedRecord;
import dev.rehome.common.catalog.MigratedRecord.Reference;
import dev.rehome.common.catalog.MigratedRecords;
import dev.rehome.common.process.BoundedParallel;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.process.Retries;
import dev.rehome.consumer.verification.ObjectPair.StatResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies everything that was migrated, window by window. Only one window is held in memory, regardless of the number of
 * findings. For one thread, which works beside those of {@link Parallel}.
 */
final class Verification {
    private static final Logger LOG = LoggerFactory.getLogger(Verification.class);
    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(10);

    /** Runs blocking work for the elements of a list, at most {@code atMost} at a time. */
    record Parallel(Executor helpers, int atMost) {
        /** The results by the elements, which must differ, in the order of the list. */
        <A, B> Map<A, B> map(List<A> all, Function<A, B> work) {
            List<B> results = BoundedParallel.run(helpers, atMost, all.size(), number -> work.apply(all.get(number)));
            Map<A, B> map = new LinkedHashMap<>();
            for (int i = 0; i < all.size(); i++) {
                map.put(all.get(i), results.get(i));
            }
            return map;
        }
    }

    /** The two buckets; {@code sources} is empty if only targets are verified. */
    record Buckets(BucketInspector targets, Optional<BucketInspector> sources) {
        private ObjectPair inspect(ObjectKeys keys) {
            return new ObjectPair(
                    targets.inspect(keys.target()),
                    sources.map(bucket -> bucket.inspect(keys.source())).orElse(StatResult.SKIPPED));
        }

        /** Whether an object has this key, or that can't be determined. */
        private boolean mayHold(String objectKey) {
            return targets.inspect(objectKey).state() != StatResult.State.MISSING
                    || sources.map(bucket -> bucket.inspect(objectKey).state() != StatResult.State.MISSING)
                            .orElse(false);
        }

        private void checkAccess() {
            targets.checkAccess();
            sources.ifPresent(BucketInspector::checkAccess);
        }
    }

    /** The keys of a pair of objects; several rows may share them. */
    record ObjectKeys(String source, String target) {
        static ObjectKeys of(MigratedRecord record) {
            return new ObjectKeys(record.oldLocation(), record.newLocation());
        }
    }

    /** The migrated records. Calls are repeated for two minutes while the database is unavailable, as in a failover. */
    record Database(MigratedRecords records, Retries retries) {
        <T> T call(Function<MigratedRecords, T> call) {
            return retries.call(() -> call.apply(records), (failures, elapsed, failure) -> {
                LOG.warn("The database is unavailable: {}", failure.getMessage());
                return BucketInspector.isOverdue(elapsed);
            });
        }

        void updateProof(MigratedRecord record, String proof) {
            call(migrated -> {
                migrated.updateProof(record.id(), proof);
                return proof;
            });
        }
    }

    private final Database database;
    private final Buckets buckets;
    private final Parallel parallel;
    private final Predicate<MigratedRecord> sample;
    private final Optional<Repair> repair;
    private final FindingFile file;
    private final MonotonicClock clock;
    private final VerificationReport report = new VerificationReport();
    private Duration lastProgress;

    /** {@code sample}: selects the records to verify; called once for each record, in their order. */
    Verification(
            Database database,
            Buckets buckets,
            Parallel parallel,
            Predicate<MigratedRecord> sample,
            Optional<Repair> repair,
            FindingFile file,
            MonotonicClock clock) {
        this.database = database;
        this.buckets = buckets;
        this.parallel = parallel;
        this.sample = sample;
        this.repair = repair;
        this.file = file;
        this.clock = clock;
        this.lastProgress = clock.now();
    }

    /**
     * Verifies all windows.
     *
     * @throws BucketInspector.Failed if a bucket is unavailable or denies access
     * @throws dev.rehome.common.Unavailable if the database is unavailable for two minutes
     */
    VerificationReport run() {
        long total = database.call(MigratedRecords::count);
        Optional<MappingRowId> end = Optional.empty();
        do {
            Optional<MappingRowId> after = end;
            MigratedRecords.Page page = database.call(records -> records.page(after));
            verify(page.records());
            end = page.end();
            logProgress(total);
        } while (end.isPresent());
        return report;
    }

    private void verify(List<MigratedRecord> window) {
        List<MigratedRecord> held = new ArrayList<>();
        List<MigratedRecord> changed = new ArrayList<>();
        for (MigratedRecord record : window) {
            if (!sample.test(record)) {
                report.addSkipped();
            } else if (record.reference() == Reference.HELD) {
                held.add(record);
            } else if (record.reference() == Reference.DELETED) {
                report.addElsewhere(Reference.DELETED);
            } else {
                changed.add(record);
            }
        }
        List<Finding> findings = verifyObjects(held);
        findings.addAll(verifyValues(changed));
        buckets.checkAccess();
        repair.map(engine -> engine.repair(findings)).orElse(findings).forEach(finding -> {
            report.add(finding);
            file.write(finding);
        });
    }

    private List<Finding> verifyObjects(List<MigratedRecord> held) {
        Map<ObjectKeys, ObjectPair> pairs =
                parallel.map(held.stream().map(ObjectKeys::of).distinct().toList(), buckets::inspect);
        List<Finding> findings = new ArrayList<>();
        for (MigratedRecord record : held) {
            ObjectPair objects = pairs.get(ObjectKeys.of(record));
            objects.compare(record.proof())
                    .map(kind -> Finding.ofObjects(kind, record, objects))
                    .ifPresentOrElse(finding -> addIfCurrent(finding, findings), report::addIntact);
        }
        return findings;
    }

    /** Rows that hold another value than the one that was written: by the application, or altered by a trigger. */
    private List<Finding> verifyValues(List<MigratedRecord> changed) {
        Map<MigratedRecord, Boolean> refersToAnObject = parallel.map(
                changed, record -> record.current().map(buckets::mayHold).orElse(true));
        List<Finding> findings = new ArrayList<>();
        refersToAnObject.forEach((record, hasObject) -> {
            if (record.reference() == Reference.REVERTED) {
                addIfCurrent(Finding.ofRow(Finding.Kind.REVERTED, record), findings);
            } else if (hasObject) {
                report.addElsewhere(record.reference());
            } else {
                addIfCurrent(Finding.ofRow(Finding.Kind.ALTERED, record), findings);
            }
        });
        return findings;
    }

    /** The application may have changed the row, and removed its object, during the inspection. */
    private void addIfCurrent(Finding finding, List<Finding> findings) {
        MigratedRecord now = database.call(records -> records.reread(finding.record()));
        if (now.reference() == finding.record().reference()
                && now.current().equals(finding.record().current())) {
            findings.add(finding);
        } else {
            report.addElsewhere(now.reference());
        }
    }

    private void logProgress(long total) {
        if (clock.now().minus(lastProgress).compareTo(PROGRESS_INTERVAL) >= 0) {
            lastProgress = clock.now();
            LOG.info(String.format(
                    Locale.ROOT,
                    "%,d of about %,d records read, %,d references verified, %,d findings",
                    report.read(),
                    total,
                    report.verified(),
                    report.findings()));
        }
    }
}
