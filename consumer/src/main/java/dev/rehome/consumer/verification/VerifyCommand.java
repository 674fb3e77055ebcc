package dev.rehome.consumer.verification;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.catalog.VerificationCatalog;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.process.Retries;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.ObjectInspector;
import dev.rehome.consumer.data.DataSettings;
import dev.rehome.store.s3.S3Store;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Verifies that every migrated row still refers to the object that was copied for it. */
@Command(
        name = "verify",
        abbreviateSynopsis = true,
        description = {
            "Checks that every migrated row still refers to the object that was copied for it: whether the target still has"
                    + " the recorded ETag, and whether the source was written after the copy. Changes nothing without"
                    + " --repair, may run beside a migration and the application, and costs two HEAD requests per object."
        },
        exitCodeList = {
            "0:all verified references hold, or were repaired",
            "1:failed; the message says why",
            "2:invalid settings or options, or no mapping table of this migration",
            "3:differences were found; the report lists them",
            "4:no row holds its new key, so nothing was verified"
        },
        footer = "Settings are environment variables: see `consumer settings`.")
public final class VerifyCommand implements Callable<Integer> {
    private static final int DATABASE_CONNECTIONS = 2;
    /** Each object that is inspected or copied occupies a thread. */
    private static final int MOST_THREADS = 1_000;

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec;

    @Option(names = "--repair", description = "Copy missing targets again; existing objects are never overwritten.")
    private boolean repair;

    @Option(
            names = "--targets-only",
            description = "Don't look at sources: half the requests, and needed once they are deleted.")
    private boolean targetsOnly;

    @Option(names = "--sample", paramLabel = "PERCENTAGE", description = "Verify a random part, such as 1%%.")
    private String sample = "100%";

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The seed that an earlier --sample printed, for the same part.")
    private Long seed;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Also write every finding to this new file, one JSON object a line.")
    private Path output;

    /** The settings are read from {@code environment}. */
    public VerifyCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        Environment env = new Environment(environment);
        DataSettings settings = DataSettings.from(env).keepingTargets();
        env.throwIfProblems();
        Scope scope = scope();
        try (FindingFile file = output == null ? FindingFile.none() : FindingFile.at(output)) {
            return verify(settings, scope, file);
        } catch (FileAlreadyExistsException exists) {
            System.err.println(output + " already exists: name a new file with --output");
            return ExitCode.REFUSED;
        } catch (Rejected rejected) {
            System.err.println(rejected.getMessage());
            return ExitCode.REFUSED;
        } catch (Unavailable | BucketInspector.Failed failure) {
            System.err.println(failure.getMessage());
            return ExitCode.FAILED;
        }
    }

    private Scope scope() {
        long chosen = seed == null ? new SplittableRandom().nextLong(1_000_000) : seed;
        try {
            return Scope.of(targetsOnly, sample, chosen);
        } catch (IllegalArgumentException invalid) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Invalid value for option '--sample' (PERCENTAGE): '" + sample + "': " + invalid.getMessage());
        }
    }

    private int verify(DataSettings settings, Scope scope, FindingFile file) {
        MonotonicClock clock = MonotonicClock.system();
        int concurrency = Math.min(MOST_THREADS, settings.store().concurrency());
        ExecutorService threads = Executors.newFixedThreadPool(concurrency);
        try (S3Store store = settings.openStore();
                VerificationCatalog catalog = settings.openCatalog(DATABASE_CONNECTIONS)) {
            Function<String, Location> sources =
                    objectKey -> store.locate(settings.migration().sourceBucket(), objectKey);
            Function<String, Location> targets =
                    objectKey -> store.locate(settings.migration().targetBucket(), objectKey);
            ObjectInspector inspector = store.inspector().orElseThrow();
            Retries retries = new Retries(BucketInspector.BACKOFF, clock);
            Verification.Parallel parallel = new Verification.Parallel(threads, concurrency);
            Verification.Database database = new Verification.Database(catalog.migrated(), retries);
            Verification verification = new Verification(
                    database,
                    new Verification.Buckets(
                            new BucketInspector(inspector, targets, retries),
                            targetsOnly
                                    ? Optional.empty()
                                    : Optional.of(new BucketInspector(inspector, sources, retries))),
                    parallel,
                    scope.selection(),
                    repair
                            ? Optional.of(new Repair(
                                    store.serverSideCopy(),
                                    new Repair.Route(sources, targets),
                                    database,
                                    parallel,
                                    retries))
                            : Optional.empty(),
                    file,
                    clock);
            // Read first: a database that goes away after hours of verification must not cost the report.
            int run = database.call(any -> catalog.runs().latest())
                    .map(Run::number)
                    .orElse(0);
            long failed = database.call(any -> catalog.batches().totals(run)).failed();
            Duration start = clock.now();
            VerificationReport report = verification.run();
            report.failed(run, failed);
            System.out.println(report.text(scope.toString(), clock.now().minus(start)));
            return report.exitCode();
        } finally {
            threads.shutdownNow();
        }
    }
}
