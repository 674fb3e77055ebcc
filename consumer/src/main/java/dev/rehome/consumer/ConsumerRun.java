package dev.rehome.consumer;

import dev.rehome.common.process.ExitCode;
import dev.rehome.common.process.HealthCheck;
import dev.rehome.common.process.LogFields;
import dev.rehome.common.process.Loop;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.process.ProcessContext;
import dev.rehome.common.process.ShutdownSignal;
import dev.rehome.common.queue.BatchClaimer;
import dev.rehome.common.queue.Hold;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.common.settings.SettingsList;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.ObjectInspector;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.StoreUnavailable;
import dev.rehome.consumer.scaling.LeftoverConsumers;
import dev.rehome.http.HttpServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Assembles a consumer, starts its loops, waits for the end and stops them in order. */
final class ConsumerRun {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerRun.class);

    private final ConsumerSettings settings;
    private final Map<String, String> environment;
    private final String name = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    private final MonotonicClock clock = MonotonicClock.system();
    private final ShutdownSignal signal;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final ConsumerProgress progress = new ConsumerProgress(clock);
    private final ActiveLeases leases;

    ConsumerRun(ConsumerSettings settings, ProcessContext context) {
        this.settings = settings;
        this.environment = context.environment();
        this.signal = context.signal();
        this.leases = new ActiveLeases(clock);
    }

    int call() throws IOException {
        LOG.info("Consumer {}: {}", name, settings.summary());
        LOG.info("{}", SettingsList.of(ConsumerSettings.ALL, environment));
        ShutdownTimeouts timeouts = new ShutdownTimeouts(settings.stopTimeout());
        signal.install(timeouts.untilExit());
        try (ConsumerAdapters adapters = new ConsumerAdapters(settings)) {
            MigrationSettings migration = settings.data().migration();
            Location source = adapters.bucket(migration.sourceBucket());
            Location target = adapters.bucket(migration.targetBucket());
            CopiedObjectCheck check = new CopiedObjectCheck(
                    adapters.transferCheck(), () -> CopiedObjectCheck.inLedger(adapters::migrated, source, target));
            StoreHealth health = new StoreHealth(clock, check);
            if (!probe(adapters.inspector(), source, health) || !probe(adapters.inspector(), target, health)) {
                return ExitCode.REFUSED;
            }
            RecordCopy copy = new RecordCopy(adapters.transfer(), migration.keys(), source, target);
            CopyLimits limits = new CopyLimits(
                    adapters.queue().fleet(),
                    clock,
                    settings.data().store().concurrency(),
                    settings.copying().copiesPerSecond());
            work(
                    adapters,
                    new BatchCopy(
                            copy,
                            limits.concurrency(),
                            health,
                            check,
                            progress.times(),
                            clock,
                            settings.copying().retries()),
                    limits,
                    check,
                    health,
                    timeouts);
        } finally {
            signal.finished();
        }
        return exitCode();
    }

    /** Probes whether the bucket can be used. Reports an unavailable store and waits for it. */
    private static boolean probe(ObjectInspector inspector, Location bucket, StoreHealth health) {
        try {
            Optional<Refusal> refusal = inspector
                    .stat(bucket.withObjectKey("rehome-probe"))
                    .refusal()
                    .filter(each -> each.scope() == Refusal.Scope.EVERY_OBJECT);
            refusal.ifPresent(each ->
                    LOG.error("Bucket {} can't be used; exiting before any batch is claimed: {}", bucket, each));
            return refusal.isEmpty();
        } catch (StoreUnavailable unavailable) {
            LOG.warn("Bucket {} can't be reached; retrying with each copy: {}", bucket, unavailable.getMessage());
            health.failed(unavailable.getMessage());
            return true;
        }
    }

    private void work(
            ConsumerAdapters adapters,
            BatchCopy copies,
            CopyLimits limits,
            CopiedObjectCheck check,
            StoreHealth health,
            ShutdownTimeouts timeouts)
            throws IOException {
        AccessCircuitBreaker circuit = new AccessCircuitBreaker(clock, check);
        BatchClaimer queue = adapters.queue().claimer(name);
        BatchProcessing processing = new BatchProcessing(queue, adapters.outcomes(), copies, circuit, progress);
        boolean exits = settings.scaling().isEmpty();
        LiveControl control = new LiveControl(
                adapters.queue().operator()::state,
                clock,
                limits::apply,
                // On ECS the producer scales the service: a task that exits would only be restarted.
                exits ? signal::request : () -> LOG.info("Waiting for the producer to scale the service to 0"));
        CompletionWatch completion = new CompletionWatch(
                adapters.runs(),
                () -> control.hold()
                        .map(Hold::toString)
                        .orElseGet(adapters.queue().control()::throttleReason),
                clock,
                exits,
                signal::request);
        ExecutorService threads =
                Executors.newFixedThreadPool(settings.copying().batches());
        Reporting reporting = new Reporting(
                adapters.queue().control()::report,
                name,
                new Reporting.Facts(
                        progress,
                        limits.concurrency(),
                        leases::size,
                        completion::held,
                        () -> circuit.reason().or(health::trouble)),
                clock);
        ConsumerEndpoint endpoint = new ConsumerEndpoint(reporting::report, () -> health(reporting), progress.times());
        try (HttpServer server = new HttpServer(settings.http(), Set.of(), endpoint, () -> "")) {
            // First, so that a process whose port is in use ends before it claims anything.
            server.start();
            Loop heartbeat = start("heartbeat", new Heartbeat(queue, leases));
            Loop consuming = start(
                    "consuming",
                    new Consuming(
                            queue,
                            processing,
                            leases,
                            circuit,
                            completion,
                            new Consuming.Workers(threads, settings.copying().batches(), this::failed)));
            Loop storeHealth = start("store-health", health);
            Loop reports = start("reporting", reporting);
            Loop following = start("control", () -> {
                control.hold();
                return limits.report();
            });
            Optional<Loop> leftovers = adapters.services()
                    .map(services -> start(
                            "leftover-consumers",
                            new LeftoverConsumers(
                                    adapters.runs()::latest,
                                    services,
                                    settings.scaling().orElseThrow(),
                                    clock)));
            awaitEnd();
            new Draining(consuming, heartbeat, leases, threads).stopWithin(timeouts);
            leftovers.ifPresent(Loop::stop);
            storeHealth.stop();
            following.stop();
            reports.close();
        }
    }

    private Loop start(String thread, Loop.Step step) {
        return new Loop(thread, LogFields.of(Map.of(LogFields.CONSUMER, name), step), this::failed).start();
    }

    private void awaitEnd() {
        while (!signal.await(Duration.ofHours(1))) {
            LOG.debug("{} batches in flight", leases.size());
        }
    }

    private HealthCheck.Health health(Reporting reporting) {
        HealthCheck.Health health = reporting.health();
        return new HealthCheck.Health(health.healthy() && failure.get() == null, health.text());
    }

    private void failed(Throwable fatal) {
        if (failure.compareAndSet(null, fatal)) {
            LOG.error("Stopping after a failure", fatal);
        }
        signal.request();
    }

    private int exitCode() {
        if (failure.get() != null) {
            return ExitCode.FAILED;
        }
        LOG.info("Stopped: {} copied, {} failed", progress.copied(), progress.failed());
        return ExitCode.COMPLETE;
    }
}
