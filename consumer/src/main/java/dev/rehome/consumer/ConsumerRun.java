package dev.rehome.consumer;

import dev.rehome.catalog.mariadb.MariaDbCatalog;
import dev.rehome.catalog.mariadb.preflight.SideEffectPolicy;
import dev.rehome.common.catalog.Selection;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.process.HealthEndpoint;
import dev.rehome.common.process.Loop;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.process.ShutdownSignal;
import dev.rehome.common.queue.BatchClaimer;
import dev.rehome.common.queue.BatchQueue;
import dev.rehome.common.scaling.ServiceScaler;
import dev.rehome.common.settings.MigrationIdentity;
import dev.rehome.consumer.scaling.LeftoverConsumers;
import dev.rehome.consumer.store.AdaptiveConcurrencyLimit;
import dev.rehome.queue.redis.RedisBatchQueue;
import dev.rehome.services.ecs.EcsServices;
import dev.rehome.store.s3.S3Store;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Assembles a consumer, starts its loops, waits for the end and stops them in order. */
final class ConsumerRun {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerRun.class);

    private final ConsumerSettings settings;
    private final String name = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    private final InstantSource time = InstantSource.system();
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final ShutdownSignal signal = new ShutdownSignal();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final ConsumerProgress progress = new ConsumerProgress();
    private final ActiveLeases leases = new ActiveLeases();

    ConsumerRun(ConsumerSettings settings) {
        this.settings = settings;
    }

    int call() throws IOException {
        LOG.info("Consumer {}: {}", name, settings);
        StopBudget budget = new StopBudget(settings.stopTimeout());
        signal.install(budget.patience());
        AdaptiveConcurrencyLimit limit =
                new AdaptiveConcurrencyLimit(time, settings.store().concurrency());
        AccessCircuitBreaker circuit = new AccessCircuitBreaker(time);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(ConsumerRun::daemon);
        try (S3Store store = new S3Store(settings.store());
                BatchQueue batches = new RedisBatchQueue(
                        settings.redis(),
                        settings.queue(),
                        MigrationIdentity.of(
                                settings.migration(), settings.catalog().identity()));
                MariaDbCatalog catalog = new MariaDbCatalog(
                        settings.catalog(),
                        settings.migration(),
                        SideEffectPolicy.NONE,
                        Selection.PREFIX,
                        settings.password().source(settings.catalog().password(), MonotonicClock.system()),
                        settings.batches() + 1)) {
            RecordCopy copies =
                    new RecordCopy(settings.migration(), store.serverSideCopy(), limit, circuit, timer, random);
            BatchClaimer queue = batches.claimer(name);
            BatchProcessing processing = new BatchProcessing(queue, catalog.outcomes(), copies, circuit, progress);
            RunState run = new RunState(
                    catalog.runs(), batches.control(), time, settings.scaling().isPresent(), signal::request);
            ExecutorService workers = Executors.newFixedThreadPool(settings.batches());
            Loop heartbeat = new Loop("heartbeat", new Heartbeat(queue, leases), this::failed).start();
            Loop consuming = new Loop(
                            "consuming",
                            new Consuming(
                                    queue,
                                    processing,
                                    leases,
                                    circuit,
                                    run,
                                    workers,
                                    settings.batches(),
                                    random,
                                    time,
                                    this::failed),
                            this::failed)
                    .start();
            Loop reporting = new Loop(
                            "reporting", new Reporting(batches.control(), name, progress, limit, circuit), this::failed)
                    .start();
            Optional<ServiceScaler> services = settings.scaling().map(each -> new EcsServices(each.cluster()));
            Optional<Loop> leftovers = services.map(scaler -> new Loop(
                            "leftover-consumers",
                            new LeftoverConsumers(
                                    catalog.runs()::latest,
                                    scaler,
                                    settings.scaling().orElseThrow()),
                            this::failed)
                    .start());
            try (HealthEndpoint endpoint = new HealthEndpoint(settings.http(), () -> health(circuit))) {
                endpoint.start();
                waitForTheEnd();
            }
            new Draining(consuming, heartbeat, leases, workers, time).stopWithin(budget);
            reporting.close();
            leftovers.ifPresent(Loop::stop);
            services.ifPresent(ServiceScaler::close);
            timer.shutdownNow();
        } finally {
            signal.finished();
        }
        return exitCode();
    }

    private void waitForTheEnd() {
        while (!signal.await(Duration.ofHours(1))) {
            LOG.debug("Still at it");
        }
    }

    private HealthEndpoint.Health health(AccessCircuitBreaker circuit) {
        String paused = circuit.isOpen() ? ", paused: access is denied" : "";
        return new HealthEndpoint.Health(
                failure.get() == null,
                progress.copied() + " copied, " + progress.failed() + " failed, " + leases.size() + " batches in flight"
                        + paused);
    }

    private void failed(Throwable fatal) {
        if (failure.compareAndSet(null, fatal)) {
            LOG.error("Can't go on; stopping", fatal);
        }
        signal.request();
    }

    private int exitCode() {
        if (failure.get() != null) {
            return ExitCode.FAILED;
        }
        LOG.info("{} copied, {} failed", progress.copied(), progress.failed());
        return ExitCode.COMPLETE;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "timer");
        thread.setDaemon(true);
        return thread;
    }
}
