package dev.rehome.producer;

import dev.rehome.catalog.mariadb.MariaDbCatalog;
import dev.rehome.common.Rejected;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.catalog.PendingScaleDown;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.process.HealthEndpoint;
import dev.rehome.common.process.ShutdownSignal;
import dev.rehome.common.queue.BatchQueue;
import dev.rehome.common.scaling.ScalingSettings;
import dev.rehome.common.scaling.ServiceScaler;
import dev.rehome.producer.progress.Progress;
import dev.rehome.producer.scaling.ServiceRun;
import dev.rehome.queue.redis.RedisBatchQueue;
import dev.rehome.services.ecs.EcsServices;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Assembles a producer and runs it: check, migrate, end. */
final class ProducerRun {
    private static final Logger LOG = LoggerFactory.getLogger(ProducerRun.class);

    private final ProducerSettings settings;
    private final InstantSource time = InstantSource.system();
    /** Used by two threads. */
    private final RandomGenerator random = new SecureRandom();

    private final ShutdownSignal signal = new ShutdownSignal();
    private final Progress progress = new Progress();

    ProducerRun(ProducerSettings settings) {
        this.settings = settings;
    }

    int call() throws IOException {
        LOG.info("Producer: {}", settings);
        signal.install(settings.stopTimeout().minusSeconds(1));
        String leader = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
        try (BatchQueue queue = new RedisBatchQueue(settings.redis(), settings.queue(), settings.identity());
                MariaDbCatalog catalog = settings.openCatalog(time, 4);
                HealthEndpoint endpoint = new HealthEndpoint(settings.http(), this::health)) {
            endpoint.start();
            Migration migration = new Migration(
                    settings,
                    catalog,
                    queue.publisher(leader),
                    queue.reaper(),
                    queue.control(),
                    () -> BatchId.next(time, random),
                    leader,
                    time,
                    signal,
                    progress);
            return settings.scaling()
                    .map(services -> runOnServices(services, migration, catalog.scaleDown()))
                    .orElseGet(migration::run);
        } catch (Rejected refused) {
            LOG.error("{}", refused.getMessage());
            return ExitCode.FAILED;
        } finally {
            signal.finished();
        }
    }

    private int runOnServices(ScalingSettings services, Migration migration, PendingScaleDown pending) {
        try (ServiceScaler scaler = new EcsServices(services.cluster())) {
            return new ServiceRun(scaler, services, pending, signal)
                    .run(migration::run, () -> progress.snapshot().pass() == 0);
        }
    }

    private HealthEndpoint.Health health() {
        Progress.Snapshot now = progress.snapshot();
        String waiting = now.waiting().isEmpty() ? "" : ", waiting: " + now.waiting();
        return new HealthEndpoint.Health(true, now.done() + " applied, pass " + now.pass() + waiting);
    }
}
