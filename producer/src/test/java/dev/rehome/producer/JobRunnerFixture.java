package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.ContractProxy;
import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.process.HttpSettings;
import dev.rehome.common.process.LogSettings;
import dev.rehome.common.process.Loop;
import dev.rehome.common.process.ShutdownSignal;
import dev.rehome.common.queue.BatchQueue;
import dev.rehome.common.queue.Claim;
import dev.rehome.common.scaling.MemoryServices;
import dev.rehome.common.scaling.ScalingSettings;
import dev.rehome.common.scaling.ServiceScaler;
import dev.rehome.common.scaling.ServiceState;
import dev.rehome.common.settings.Secret;
import dev.rehome.producer.webhook.WebhookSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.junit.jupiter.api.Timeout;

/** Whole runs with threads, on a database and a queue in memory that the threads share by a monitor. */
@Timeout(30)
abstract class JobRunnerFixture {
    private final Object monitor = new Object();
    final MemoryMigration migration = new MemoryMigration();
    final ShutdownSignal signal = new ShutdownSignal();
    final List<String> reports = new ArrayList<>();
    final List<String> scaled = new ArrayList<>();
    Consumer<Claim> consumer = migration::copy;
    Optional<ScalingSettings> scaling = Optional.empty();
    OptionalInt canary = OptionalInt.empty();
    WebhookSettings webhook = new WebhookSettings(Optional.empty(), Secret.NONE);
    ServiceState producers = new ServiceState(1, 1, 1);

    interface Interceptor {
        Object intercept(String method, Callable<Object> call) throws Exception;
    }

    ProducerCatalog intercepting(Interceptor interceptor) {
        return ContractProxy.of(
                ProducerCatalog.class,
                migration.catalog,
                (method, call) -> interceptor.intercept(method.getName(), call));
    }

    void scaling() {
        scaling = Optional.of(new ScalingSettings("cluster", "consumers", "producers"));
    }

    Run latest() {
        return migration.catalog.runs().latest().orElseThrow();
    }

    int run() {
        return run(migration.catalog);
    }

    int run(ProducerCatalog catalog) {
        return run(catalog, signal);
    }

    /** The loop is a resource for its end alone. */
    @SuppressWarnings("try")
    int run(ProducerCatalog catalog, ShutdownSignal stop) {
        ProducerSettings settings = new ProducerSettings(
                MemoryMigration.SETTINGS,
                MemoryMigration.runSettings(Duration.ofSeconds(10)),
                scaling,
                new HttpSettings(0, "127.0.0.1"),
                new LogSettings(LogSettings.Format.TEXT, LogSettings.Level.INFO),
                webhook,
                Duration.ofSeconds(30));
        ProducerServices services = new ProducerServices(
                ContractProxy.synchronizedOn(monitor, ProducerCatalog.class, catalog),
                ContractProxy.synchronizedOn(monitor, BatchQueue.class, migration.queue),
                scaling.map(any -> new Scaler()),
                migration.ids(),
                migration.clock,
                migration.clock,
                MemoryMigration.PRODUCER);
        RunManifest manifest = migration.manifest(services.catalog(), Map.of());
        List<Throwable> failures = new ArrayList<>();
        try (Loop consuming = new Loop("consumer", this::consume, failures::add).start()) {
            Preflight preflight = new Preflight(
                    services.catalog(),
                    services.queue().publisher("preflight", run -> false),
                    List.of(),
                    manifest,
                    List.of());
            return new JobRunner(
                            settings, services, preflight, manifest, canary, stop, report -> reports.add(report.text()))
                    .run();
        } finally {
            assertThat(failures).isEmpty();
        }
    }

    private Duration consume() {
        synchronized (monitor) {
            migration.claim().ifPresent(consumer);
        }
        return Duration.ofMillis(5);
    }

    /** Records what is scaled, and whether the run was recorded as complete before; then SIGTERM arrives. */
    private final class Scaler implements ServiceScaler {
        private final MemoryServices services =
                new MemoryServices().with("consumers", 2).with("producers", producers);

        @Override
        public Optional<ServiceState> state(String service) {
            return services.state(service);
        }

        @Override
        public void scale(String service, int tasks) {
            services.scale(service, tasks);
            boolean complete =
                    migration.catalog.runs().latest().flatMap(Run::completed).isPresent();
            scaled.add(service + (complete ? " after completion" : " before completion"));
            if (scaled.size() == 2) {
                signal.request();
            }
        }

        @Override
        public void close() {
            services.close();
        }
    }
}
