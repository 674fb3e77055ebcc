package dev.rehome.producer;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.CatalogTable;
import dev.rehome.common.catalog.Inspection;
import dev.rehome.common.catalog.LeaderLock;
import dev.rehome.common.catalog.PreflightFinding;
import dev.rehome.common.catalog.PreflightFinding.Severity;
import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.process.Loop;
import dev.rehome.common.process.ShutdownSignal;
import dev.rehome.producer.progress.Progress;
import dev.rehome.producer.scaling.ServiceRun;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out a run in phases: preflight, lock, prepare, work, report, scale. A process may be killed in any phase; the
 * next start repeats the phases without further effect, up to the one that was interrupted.
 */
final class JobRunner {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    private static final Duration LOCK_WAIT = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(100);

    private enum End {
        COMPLETE(ExitCode.COMPLETE),
        COMPLETE_WITH_FAILURES(ExitCode.COMPLETE_WITH_FAILURES),
        /** An earlier start completed the run; only the services had to be scaled. */
        ALREADY_COMPLETE(ExitCode.COMPLETE),
        /** The preflight refused; nothing was changed. */
        REFUSED(ExitCode.REFUSED),
        /** Incomplete, and starting again won't help until somebody removes the cause. */
        HALTED(ExitCode.FAILED),
        /** Incomplete; starting again resumes the run. */
        STOPPED(ExitCode.FAILED);

        private final int exitCode;

        End(int exitCode) {
            this.exitCode = exitCode;
        }
    }

    private final ProducerSettings settings;
    private final ProducerServices services;
    private final ProducerCatalog catalog;
    private final Preflight preflight;
    private final RunManifest manifest;
    private final Optional<ServiceRun> scaling;
    private final ShutdownSignal signal;
    private final Progress progress = new Progress();
    private final Consumer<String> reports;
    private final UntilAvailable untilAvailable;

    /** {@code reports} receives the report at the end. */
    JobRunner(
            ProducerSettings settings,
            ProducerServices services,
            Preflight preflight,
            RunManifest manifest,
            ShutdownSignal signal,
            Consumer<String> reports) {
        this.settings = settings;
        this.services = services;
        this.catalog = services.catalog();
        this.preflight = preflight;
        this.manifest = manifest;
        this.scaling = services.scaler()
                .map(scaler -> new ServiceRun(
                        scaler, settings.scaling().orElseThrow(), catalog.scaleDown(), signal, services.clock()));
        this.signal = signal;
        this.reports = reports;
        this.untilAvailable = new UntilAvailable(signal, services.clock());
    }

    /** The progress of the run, for the health endpoint. */
    Progress.Snapshot progress() {
        return progress.snapshot();
    }

    /** Runs until the run ends or the process is asked to stop. Returns the exit code. */
    int run() {
        Optional<Loop> watch = scaling.map(ServiceRun::watchConsumers);
        End end;
        try {
            end = migrate();
        } catch (Rejected refused) {
            LOG.error(
                    "{}. The run can't continue; remove the cause, then start the producer again to resume the run",
                    refused.getMessage());
            end = End.HALTED;
        } catch (Unavailable trouble) {
            LOG.error("{}. The run is incomplete; start the producer again to resume it", trouble.getMessage());
            end = End.STOPPED;
        } finally {
            watch.ifPresent(loop -> scaling.orElseThrow().stop(loop));
        }
        return scale(end);
    }

    /** The lock is a resource for its release alone. */
    @SuppressWarnings("try")
    private End migrate() {
        Inspection checked = preflight();
        if (checked.isRefused()) {
            LOG.error("Refused by the preflight; nothing was changed");
            return End.REFUSED;
        }
        CatalogTable table = checked.table().orElseThrow();
        Optional<Run> before = untilAvailable.call(catalog.runs()::latest);
        try (LeaderLock held = lock()) {
            untilAvailable.run(table::prepare);
            Optional<Run> latest = untilAvailable.call(catalog.runs()::latest);
            if (scaling.isPresent() && untilAvailable.call(catalog.scaleDown()::isDue)) {
                LOG.info(
                        "Run {} is complete; only the services have to be scaled to zero",
                        latest.orElseThrow().number());
                return End.ALREADY_COMPLETE;
            }
            Optional<String> refusal = latest.flatMap(run -> run.refusal(manifest.identity()));
            if (refusal.isPresent()) {
                LOG.error("Refused: {}", refusal.get());
                return End.REFUSED;
            }
            return work(table, untilAvailable.call(() -> prepare(before, latest)));
        }
    }

    private Inspection preflight() {
        Inspection result = untilAvailable.call(preflight::check, settings.run().startupWait());
        for (PreflightFinding finding : result.findings()) {
            if (finding.severity() == Severity.INFO) {
                LOG.info("{}", finding.text());
            } else {
                LOG.warn("{}: {}", finding.severity(), finding.text());
            }
        }
        return result;
    }

    private LeaderLock lock() {
        LeaderLock lock = catalog.lock();
        while (!untilAvailable.call(() -> lock.acquire(LOCK_WAIT))) {
            LOG.warn("Another producer holds the lock of this migration; waiting for it");
            if (signal.isRequested()) {
                throw new Unavailable("Asked to stop while waiting for the lock");
            }
        }
        return lock;
    }

    /** Loads the manifest and starts or resumes the run, unless another producer has just completed it. */
    private RunStart prepare(Optional<Run> before, Optional<Run> latest) {
        manifest.load(signal);
        RunStart start = RunStart.completedByAnother(before, latest, manifest.identity())
                .orElseGet(() -> RunStart.of(catalog.runs().startOrResume(manifest.identity()), latest));
        manifest.mustBeLoaded();
        return start;
    }

    private End work(CatalogTable table, RunStart start) {
        LOG.info("{}", start);
        try (ProducerRoles roles = new ProducerRoles(services, settings.run(), table, start, progress)) {
            Optional<Throwable> failure;
            try (RoleLoops loops = new RoleLoops(roles.all())) {
                boolean ended = false;
                while (!ended) {
                    ended = signal.await(POLL)
                            || roles.result().isPresent()
                            || loops.failure().isPresent();
                }
                failure = loops.failure();
            }
            if (roles.result().isPresent()) {
                return report(start.run(), roles);
            }
            if (failure.isPresent()) {
                return failed(failure.get());
            }
            LOG.info("Stopped; start the producer again to resume the run");
            return End.STOPPED;
        }
    }

    private End report(Run run, ProducerRoles roles) {
        boolean complete = roles.result().orElseThrow() == Publishing.Result.COMPLETE;
        RunReport report = new RunReport(
                run.number(),
                untilAvailable.call(() -> catalog.batches().totals(run.number())),
                roles.failures(),
                untilAvailable.call(
                        () -> Duration.between(run.started(), catalog.runs().now())),
                complete ? Optional.empty() : Optional.of(roles.lastIdlePass()));
        if (complete) {
            untilAvailable.run(() -> complete(run, report));
        }
        reports.accept(report.text());
        if (!complete) {
            return End.HALTED;
        }
        return report.failures().total() > 0 ? End.COMPLETE_WITH_FAILURES : End.COMPLETE;
    }

    /** Written before anything is scaled: a producer that dies in between must not start another run. */
    private void complete(Run run, RunReport report) {
        if (scaling.isPresent()) {
            catalog.scaleDown().due(run.number());
        }
        catalog.runs().complete(run.number(), report.json());
    }

    private static End failed(Throwable failure) {
        if (failure instanceof Rejected refused) {
            throw refused;
        }
        LOG.error("Unexpected error; the run is incomplete, start the producer again to resume it", failure);
        return End.STOPPED;
    }

    /** Scales the services to zero also after a halt or a refusal: ECS would restart the producer over and over. */
    private int scale(End end) {
        if (scaling.isEmpty() || end == End.STOPPED || signal.isRequested()) {
            return end.exitCode;
        }
        if (end == End.REFUSED && !scaling.get().mayScaleAfterRefusal()) {
            return end.exitCode;
        }
        return scaling.get().scaleToZero(end.exitCode, end == End.ALREADY_COMPLETE);
    }
}
