package dev.rehome.consumer.verification;

import dev.rehome.catalog.mariadb.MariaDbCatalog;
import dev.rehome.catalog.mariadb.preflight.SideEffectPolicy;
import dev.rehome.common.catalog.MigratedRecords;
import dev.rehome.common.catalog.RunLedger;
import dev.rehome.common.catalog.Selection;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.store.ObjectInspector;
import dev.rehome.store.s3.S3Store;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Assembles a verification and runs it.
 *
 * @param repair whether missing objects are copied again
 */
record VerifyRun(VerifySettings settings, Scope scope, boolean repair) {
    private static final int DATABASE_CONNECTIONS = 2;
    /** Each object that is inspected or copied occupies a thread. */
    private static final int MOST_THREADS = 1_000;

    /** The verified records and objects; {@code seed} selects the sample. */
    record Scope(boolean targetsOnly, SampleRate sampleRate, long seed) {
        @Override
        public String toString() {
            String records = sampleRate.isAll()
                    ? "all"
                    : "a sample of " + sampleRate.percent().toPlainString() + "%; --seed " + seed + " selects it again";
            return targetsOnly ? records + "; targets only" : records;
        }
    }

    /** Verifies, prints the report and returns the exit code. */
    int call(FindingFile file, PrintStream out) {
        MonotonicClock clock = MonotonicClock.system();
        int concurrency = Math.min(MOST_THREADS, settings.store().concurrency());
        ExecutorService threads = Executors.newFixedThreadPool(concurrency);
        try (S3Store store = new S3Store(settings.store());
                MariaDbCatalog catalog = new MariaDbCatalog(
                        settings.catalog(),
                        settings.migration(),
                        SideEffectPolicy.NONE,
                        Selection.PREFIX,
                        settings.password().source(settings.catalog().password(), MonotonicClock.system()),
                        DATABASE_CONNECTIONS)) {
            Retries retries = new Retries(clock, VerifyRun::sleep);
            Verification.Parallel parallel = new Verification.Parallel(threads, concurrency);
            MigratedRecords records = new RetryingMigratedRecords(catalog.migrated(), retries);
            Verification verification = new Verification(
                    records,
                    buckets(store, retries),
                    parallel,
                    scope.sampleRate().selection(scope.seed()),
                    repair ? Optional.of(repair(store, records, parallel, retries)) : Optional.empty(),
                    file,
                    clock);
            // Read first: a database that goes away after hours of verification must not cost the report.
            int run = retrying(retries, () -> catalog.runs().latest())
                    .map(RunLedger.Run::number)
                    .orElse(0);
            long failed = run == 0
                    ? 0
                    : retrying(retries, () -> catalog.batches().totals(run)).failed();
            Duration start = clock.now();
            VerificationReport report = verification.run();
            report.failed(run, failed);
            out.println(report.text(scope.toString(), clock.now().minus(start)));
            return report.exitCode();
        } finally {
            threads.shutdownNow();
        }
    }

    private Verification.Buckets buckets(S3Store store, Retries retries) {
        ObjectInspector inspector = store.inspector().orElseThrow();
        BucketInspector targets = new BucketInspector(
                inspector, objectKey -> store.locate(settings.migration().targetBucket(), objectKey), retries);
        BucketInspector sources = new BucketInspector(
                inspector, objectKey -> store.locate(settings.migration().sourceBucket(), objectKey), retries);
        return new Verification.Buckets(targets, scope.targetsOnly() ? Optional.empty() : Optional.of(sources));
    }

    private Repair repair(S3Store store, MigratedRecords records, Verification.Parallel parallel, Retries retries) {
        Repair.Route route = new Repair.Route(
                objectKey -> store.locate(settings.migration().sourceBucket(), objectKey),
                objectKey -> store.locate(settings.migration().targetBucket(), objectKey));
        return new Repair(store.serverSideCopy(), route, records, parallel, retries);
    }

    private static <T> T retrying(Retries retries, Supplier<T> call) {
        return retries.call(call, (failures, elapsed, failure) -> Retries.isOverdue(elapsed));
    }

    private static void sleep(Duration wait) {
        try {
            TimeUnit.NANOSECONDS.sleep(wait.toNanos());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BucketInspector.Failed("The verification was interrupted.");
        }
    }
}
