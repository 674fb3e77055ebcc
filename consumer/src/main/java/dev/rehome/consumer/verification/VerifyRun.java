package dev.rehome.consumer.verification;

import dev.rehome.catalog.mariadb.MariaDbCatalog;
import dev.rehome.catalog.mariadb.preflight.Acceptance;
import dev.rehome.common.catalog.MigratedRecord;
import dev.rehome.common.catalog.MigratedRecords;
import dev.rehome.common.catalog.Selection;
import dev.rehome.consumer.store.AdaptiveConcurrencyLimit;
import dev.rehome.consumer.store.StoreCalls;
import dev.rehome.store.s3.S3Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Assembles a verification and runs it. */
final class VerifyRun {
    private static final int CONNECTIONS = 2;

    private final VerifySettings settings;
    private final boolean repair;
    private final boolean targetsOnly;
    private final Share share;
    private final long seed;
    private final InstantSource time = InstantSource.system();

    VerifyRun(VerifySettings settings, boolean repair, boolean targetsOnly, Share share, long seed) {
        this.settings = settings;
        this.repair = repair;
        this.targetsOnly = targetsOnly;
        this.share = share;
        this.seed = seed;
    }

    VerificationReport call(FindingFile file) {
        Instant begun = time.instant();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try (S3Store store = new S3Store(settings.store());
                MariaDbCatalog catalog = new MariaDbCatalog(
                        settings.catalog(),
                        settings.migration(),
                        Acceptance.NOTHING,
                        Selection.PREFIX,
                        settings.password().source(settings.catalog().password(), time),
                        CONNECTIONS)) {
            StoreCalls calls = new StoreCalls(
                    new AdaptiveConcurrencyLimit(time, settings.store().concurrency()),
                    timer,
                    RandomGenerator.getDefault());
            MigratedRecords records = new PatientRecords(catalog.migrated(), time);
            BucketLook targets = new BucketLook(store, settings.migration().targetBucket(), calls, time);
            Optional<BucketLook> sources = targetsOnly
                    ? Optional.empty()
                    : Optional.of(new BucketLook(store, settings.migration().sourceBucket(), calls, time));
            UnaryOperator<Finding> mend = repair
                    ? new Repair(store, store.serverSideCopy(), calls, settings.migration(), records)::tried
                    : UnaryOperator.identity();
            Tally tally =
                    new Verification(records, new ObjectLooks(targets, sources), sample(), mend, file, time).run();
            return new VerificationReport(tally, scope(), Duration.between(begun, time.instant()));
        } finally {
            timer.shutdownNow();
        }
    }

    private Predicate<MigratedRecord> sample() {
        SplittableRandom random = new SplittableRandom(seed);
        return share.isAll() ? any -> true : any -> random.nextDouble() < share.fraction();
    }

    private String scope() {
        String which = share.isAll()
                ? "every one"
                : "a sample of " + share.percent().toPlainString() + "%; --seed " + seed + " takes the same";
        return targetsOnly ? which + "; targets only" : which;
    }
}
