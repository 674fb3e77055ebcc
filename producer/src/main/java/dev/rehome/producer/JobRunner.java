package dev.rehome.producer;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.CatalogTable;
import dev.rehome.common.catalog.Inspection;
import dev.rehome.common.catalog.LeaderLock;
import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.process.LogFields;
import dev.rehome.common.process.Loop;
import dev.rehome.common.process.ShutdownSignal;
import dev.rehome.common.queue.ControlState;
import dev.rehome.common.queue.Hold;
import dev.rehome.producer.progress.Progress;
import dev.rehome.producer.progress.RunSnapshot;
import dev.rehome.producer.scaling.ServiceRun;
import dev.rehome.producer.webhook.RunEvents;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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

    private final ProducerSettings settings;
    private final ProducerServices services;
    private final ProducerCatalog catalog;
    private final Preflight preflight;
    private final RunManifest manifest;
    private final OptionalInt canary;
    private final Optional<ServiceRun> scaling;
    private final ShutdownSignal signal;
    private final Progress progress = new Progress();
    private final Consumer<RunReport> reports;
    private final UntilAvailable untilAvailable;

    /**
     * A run that isn't started yet.
     *
     * @param canary the run stops once this many of its records are done, and its end scales no service; empty for all
     * @param reports receives the report at the end
     */
    JobRunner(
            ProducerSettings settings,
            ProducerServices services,
            Preflight preflight,
            RunManifest manifest,
            OptionalInt canary,
            ShutdownSignal signal,
            Consumer<RunReport> reports) {
        this.settings = settings;
        this.services = services;
        this.catalog = services.catalog();
        this.preflight = preflight;
        this.manifest = manifest;
        this.canary = canary;
        this.scaling = services.scaler()
                .map(scaler -> new ServiceRun(
                        scaler,
                        settings.scaling().orElseThrow(),
                        catalog.scaleDown(),
                        services.control(),
                        signal,
                        services.clock()));
        this.signal = signal;
        this.reports = reports;
        this.untilAvailable = new UntilAvailable(signal, services.clock());
    }

    /** The latest snapshot of the run. */
    RunSnapshot snapshot() {
        return progress.latest();
    }

    /** Runs until the run ends or the process is asked to stop. Returns the exit code. */
    int run() {
        Optional<Loop> watch = followed().map(ServiceRun::watchConsumers);
        RunEnd end;
        try {
            end = migrate();
        } catch (Rejected refused) {
            LOG.error(
                    "{}. The run can't continue; remove the cause, then start the producer again to resume the run",
                    refused.getMessage());
            end = RunEnd.HALTED;
        } catch (Unavailable trouble) {
            LOG.error("{}. The run is incomplete; start the producer again to resume it", trouble.getMessage());
            end = RunEnd.STOPPED;
        } finally {
            watch.ifPresent(loop -> scaling.orElseThrow().stop(loop));
        }
        return new RunScaling(scaling, canary.isPresent(), signal, this::stop).scale(end);
    }

    /** The services that follow the run; a canary leaves them alone, unless it is aborted. */
    private Optional<ServiceRun> followed() {
        return scaling.filter(any -> canary.isEmpty());
    }

    private RunEnd migrate() {
        Inspection checked =
                untilAvailable.call(preflight::check, settings.run().startupWait());
        Preflight.log(checked);
        if (checked.isRefused()) {
            LOG.error("Refused by the preflight; nothing was changed");
            return RunEnd.REFUSED;
        }
        CatalogTable table = checked.table().orElseThrow();
        Optional<Run> before = untilAvailable.call(catalog.runs()::latest);
        ControlState found = untilAvailable.call(services.control()::state);
        try (LeaderLock lock = catalog.lock()) {
            if (!acquire(lock)) {
                return RunEnd.REFUSED;
            }
            untilAvailable.run(table::prepare);
            Optional<Run> latest = untilAvailable.call(catalog.runs()::latest);
            latest.flatMap(this::events).ifPresent(events -> events.endIfMissing(services.name()));
            if (followed().isPresent() && untilAvailable.call(catalog.scaleDown()::isDue)) {
                LOG.info(
                        "Run {} is already complete; only scaling the services to zero",
                        latest.orElseThrow().number());
                return RunEnd.ALREADY_COMPLETE;
            }
            Optional<String> refusal = latest.flatMap(run -> run.refusal(manifest.identity()));
            if (refusal.isPresent()) {
                LOG.error("Refused: {}", refusal.get());
                return RunEnd.REFUSED;
            }
            return work(table, untilAvailable.call(() -> prepare(before, latest)), found);
        }
    }

    /** Waits until the lock is held; a canary is refused after the first wait. */
    private boolean acquire(LeaderLock lock) {
        while (!untilAvailable.call(() -> lock.acquire(LOCK_WAIT))) {
            if (canary.isPresent()) {
                LOG.error("Another producer is working on this migration, so no canary was started and nothing was"
                        + " changed. Stop that producer first, or let it run without a canary");
                return false;
            }
            LOG.warn("Another producer holds the lock of this migration; waiting for it");
            if (signal.isRequested()) {
                throw new Unavailable("Asked to stop while waiting for the lock");
            }
        }
        return true;
    }

    /** Loads the manifest and starts or resumes the run, unless another producer has just completed it. */
    private RunStart prepare(Optional<Run> before, Optional<Run> latest) {
        manifest.load(signal);
        RunStart start = RunStart.completedByAnother(before, latest, manifest.identity())
                .orElseGet(() -> RunStart.of(catalog.runs().startOrResume(manifest.identity()), latest));
        manifest.mustBeLoaded();
        return start;
    }

    private RunEnd work(CatalogTable table, RunStart start, ControlState found) {
        LOG.info("{}", start);
        Optional<RunEvents> events = events(start.run());
        RunEnd end = RunEnd.HALTED;
        try {
            Optional<Hold> requested = untilAvailable.call(() -> stop().atStart(found));
            end = requested
                    .map(hold -> stop().carryOut(start.run(), hold, untilAvailable))
                    .orElseGet(() -> carryOut(table, start, events));
            return end;
        } catch (Unavailable trouble) {
            end = RunEnd.STOPPED;
            throw trouble;
        } finally {
            if (events.isPresent() && end.isNews()) {
                events.get().end(end.isComplete(), services.name(), end.text());
            }
        }
    }

    private RunEnd carryOut(CatalogTable table, RunStart start, Optional<RunEvents> events) {
        PublishingBound bound = PublishingBound.of(
                canary, () -> catalog.batches().totals(start.run().number()).total());
        Publishing.Settings published = settings.run().publishing(start, bound);
        try (ProducerRoles roles =
                new ProducerRoles(services, settings.run(), table, progress, published, followed(), events)) {
            Optional<Throwable> failure;
            try (RoleLoops loops = new RoleLoops(
                    roles.all(),
                    Map.of(LogFields.RUN, Integer.toString(start.run().number())))) {
                boolean ended = false;
                while (!ended) {
                    ended = signal.await(POLL)
                            || roles.result().isPresent()
                            || roles.stop().isPresent()
                            || loops.failure().isPresent();
                }
                failure = loops.failure();
            }
            if (roles.result().isPresent()) {
                return new RunEnding(catalog, followed().isPresent(), reports, untilAvailable).end(start.run(), roles);
            }
            if (failure.isPresent()) {
                return failed(failure.get());
            }
            if (roles.stop().isPresent()) {
                return stop().carryOut(start.run(), roles.stop().get(), untilAvailable);
            }
            LOG.info("Stopped; start the producer again to resume the run");
            return RunEnd.STOPPED;
        }
    }

    /** The events of a run for the webhook, if there is one. */
    private Optional<RunEvents> events(Run run) {
        return settings.webhook()
                .webhook(settings.migration().name(), services.time())
                .map(webhook -> new RunEvents(
                        run, services.control(), catalog.events(), webhook, services.time(), untilAvailable.retries()));
    }

    private RunStop stop() {
        return new RunStop(
                services.control(), catalog.batches()::totals, progress::latest, "producer " + services.name());
    }

    private static RunEnd failed(Throwable failure) {
        if (failure instanceof Rejected refused) {
            throw refused;
        }
        LOG.error("Unexpected error; the run is incomplete. Start the producer again to resume it", failure);
        return RunEnd.STOPPED;
    }
}
