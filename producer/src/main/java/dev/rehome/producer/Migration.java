package dev.rehome.producer;

import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.catalog.CatalogTable;
import dev.rehome.common.catalog.LeaderLock;
import dev.rehome.common.catalog.PendingScaleDown;
import dev.rehome.common.catalog.PreflightFinding.Severity;
import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.catalog.RunLedger;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.process.ShutdownSignal;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.BatchReaper;
import dev.rehome.common.queue.ControlChannel;
import dev.rehome.producer.progress.Progress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The order of a run: preflight, lock, tables, passes, report. Each step may be repeated by the next start. */
final class Migration {
    private static final Logger LOG = LoggerFactory.getLogger(Migration.class);
    private static final Duration AGAIN = Duration.ofSeconds(2);
    private static final Duration LOCK_WAIT = Duration.ofSeconds(5);

    private final ProducerSettings settings;
    private final ProducerCatalog catalog;
    private final RunLedger ledger;
    private final PendingScaleDown scaling;
    private final BatchPublisher queue;
    private final BatchReaper reaper;
    private final ControlChannel control;
    private final Supplier<BatchId> ids;
    private final String writer;
    private final InstantSource time;
    private final ShutdownSignal signal;
    private final Progress progress;

    /** {@code writer}: this start's own name. */
    Migration(
            ProducerSettings settings,
            ProducerCatalog catalog,
            BatchPublisher queue,
            BatchReaper reaper,
            ControlChannel control,
            Supplier<BatchId> ids,
            String writer,
            InstantSource time,
            ShutdownSignal signal,
            Progress progress) {
        this.settings = settings;
        this.catalog = catalog;
        this.ledger = catalog.runs();
        this.scaling = catalog.scaleDown();
        this.queue = queue;
        this.reaper = reaper;
        this.control = control;
        this.ids = ids;
        this.writer = writer;
        this.time = time;
        this.signal = signal;
        this.progress = progress;
    }

    /** Runs to the end or until the process is asked to stop; answers the exit code. */
    int run() {
        Instant started = time.instant();
        try (ManifestCheck manifest = new ManifestCheck(settings.manifest(), settings.migration(), catalog)) {
            return run(manifest, started);
        }
    }

    private int run(ManifestCheck manifest, Instant started) {
        Preflight preflight = new Preflight(catalog, queue, settings.throttle().replicas(), manifest);
        Optional<Preflight.Result> checked = checked(preflight, started.plus(settings.startupWait()));
        if (checked.isEmpty()) {
            return ExitCode.FAILED;
        }
        checked.get().findings().forEach(finding -> {
            if (finding.severity() == Severity.INFO) {
                LOG.info("{}", finding.text());
            } else {
                LOG.warn("{}: {}", finding.severity(), finding.text());
            }
        });
        if (checked.get().isRefused()) {
            LOG.error("Refused by the preflight: nothing was changed");
            return ExitCode.REFUSED;
        }
        CatalogTable table = checked.get().table().orElseThrow();
        try (LeaderLock lock = catalog.lock()) {
            Optional<Run> before = patiently(ledger::latest);
            if (!locked(lock)) {
                return ExitCode.FAILED;
            }
            patiently(() -> {
                table.prepare();
                return true;
            });
            Optional<Run> latest = patiently(ledger::latest);
            if (settings.scaling().isPresent() && patiently(scaling::isDue)) {
                LOG.info(
                        "Run {} is complete; only the scaling is left to do",
                        latest.get().number());
                return ExitCode.COMPLETE;
            }
            Optional<String> refusal = latest.flatMap(run -> run.refusal(manifest.identity()));
            if (refusal.isPresent()) {
                LOG.error("Refused: {}", refusal.get());
                return ExitCode.REFUSED;
            }
            boolean fresh = latest.map(Migration::isComplete).orElse(true);
            return migrate(table, open(manifest, before, latest), fresh);
        }
    }

    private Optional<Preflight.Result> checked(Preflight preflight, Instant patience) {
        while (true) {
            try {
                return Optional.of(preflight.check());
            } catch (Unavailable away) {
                if (!time.instant().isBefore(patience)) {
                    LOG.error("{}. Not reached within STARTUP_WAIT_SECONDS: giving up", away.getMessage());
                    return Optional.empty();
                }
                LOG.warn("{}; waiting for it", away.getMessage());
            }
            if (signal.await(AGAIN)) {
                return Optional.empty();
            }
        }
    }

    private boolean locked(LeaderLock lock) {
        while (!signal.isRequested()) {
            try {
                if (lock.acquire(LOCK_WAIT)) {
                    return true;
                }
                LOG.warn("Another producer works on this migration: waiting for its lock");
            } catch (Unavailable away) {
                LOG.warn("{}; trying again", away.getMessage());
                signal.await(AGAIN);
            }
        }
        return false;
    }

    /** Repeats a call until the catalog is there; gives up when asked to stop. */
    private <T> T patiently(Supplier<T> call) {
        while (true) {
            try {
                return call.get();
            } catch (Unavailable away) {
                LOG.warn("{}; trying again", away.getMessage());
                if (signal.await(AGAIN)) {
                    throw away;
                }
            }
        }
    }

    private static boolean isComplete(Run run) {
        return run.completed().isPresent();
    }

    /**
     * The run to work on, its manifest loaded. One that another producer completed while we waited is not begun anew: we
     * go over it and report the same.
     */
    private Run open(ManifestCheck manifest, Optional<Run> before, Optional<Run> latest) {
        Optional<ManifestLoading> loading = manifest.examined()
                .map(found -> new ManifestLoading(ledger, catalog.lock(), catalog.manifest(), found, time, signal));
        Optional<Run> byAnother = latest.filter(Migration::isComplete)
                .filter(run -> !latest.equals(before) && run.manifest().equals(manifest.identity()));
        return patiently(() -> {
            loading.ifPresent(ManifestLoading::load);
            Run run = byAnother.orElseGet(() -> ledger.startOrResume(manifest.identity()));
            loading.ifPresent(ManifestLoading::mustBeLoaded);
            return run;
        });
    }

    private int migrate(CatalogTable table, Run run, boolean fresh) {
        LOG.info("Run {} {}", run.number(), isComplete(run) ? "was completed meanwhile" : fresh ? "starts" : "goes on");
        MigrationLoops loops = new MigrationLoops(
                settings,
                catalog,
                queue,
                reaper,
                control,
                ids,
                writer,
                MonotonicClock.system(),
                progress,
                table,
                run.id(),
                fresh);
        loops.start(soFar -> Preflight.count(table, soFar).legacy());
        MigrationLoops.End end = loops.await(signal);
        loops.stop();
        if (end == MigrationLoops.End.STOPPED) {
            LOG.info("Stopped; start again to go on");
            return ExitCode.FAILED;
        }
        if (end == MigrationLoops.End.FAILED) {
            return ExitCode.FAILED;
        }
        RunReport report = new RunReport(
                run.number(),
                patiently(() -> catalog.batches().totals(run.number())),
                loops.failures(),
                patiently(() -> Duration.between(run.started(), ledger.now())));
        patiently(() -> {
            if (settings.scaling().isPresent()) {
                scaling.due(run.number());
            }
            ledger.complete(run.number(), report.json());
            return true;
        });
        Output.utf8().println(report.text());
        return report.failures().total() > 0 ? ExitCode.COMPLETE_WITH_FAILURES : ExitCode.COMPLETE;
    }
}
