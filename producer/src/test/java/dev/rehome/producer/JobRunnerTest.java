package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.ContractProxy;
import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.Inspection;
import dev.rehome.common.catalog.MemoryCatalog;
import dev.rehome.common.catalog.PreflightFinding;
import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.process.ExitCode;
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
import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.manifest.ManifestSettings;
import dev.rehome.producer.throttle.RunWindows;
import dev.rehome.producer.throttle.ThrottleSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole runs with threads, on a database and a queue in memory that the threads share by a monitor. */
@Timeout(30)
class JobRunnerTest {
    private final Object monitor = new Object();
    private final MemoryMigration migration = new MemoryMigration();
    private final ShutdownSignal signal = new ShutdownSignal();
    private final List<String> reports = new ArrayList<>();
    private final List<String> scaled = new ArrayList<>();
    private Consumer<Claim> consumer = migration::copy;
    private Optional<ScalingSettings> scaling = Optional.empty();
    private OptionalInt canary = OptionalInt.empty();
    private ServiceState producers = new ServiceState(1, 1, 1);

    @Test
    void completeRunIsReportedAndRecorded() {
        migration.withRows(5);

        assertThat(run()).isEqualTo(ExitCode.COMPLETE);

        assertThat(migration.locations()).containsExactly("new/1", "new/2", "new/3", "new/4", "new/5");
        assertThat(latest().completed()).isPresent();
        assertThat(reports)
                .singleElement()
                .asString()
                .startsWith("Run 1 is complete")
                .containsPattern("migrated +5");
        assertThat(scaled).isEmpty();
    }

    @Test
    void failedRecordsHaveAnExitCodeOfTheirOwn() {
        migration.withRows(5);
        consumer = migration::fail;

        assertThat(run()).isEqualTo(ExitCode.COMPLETE_WITH_FAILURES);

        assertThat(reports).singleElement().asString().contains("NOT_FOUND: 5");
        assertThat(latest().completed()).isPresent();
    }

    @Test
    void refusedPreflightChangesNothing() {
        migration.withRows(2);
        scaling();
        ProducerCatalog refusing = intercepting((method, call) -> method.equals("inspect")
                ? new Inspection(Optional.empty(), List.of(PreflightFinding.refused("The column is too short.")))
                : call.call());

        assertThat(run(refusing)).isEqualTo(ExitCode.REFUSED);

        assertThat(migration.catalog.runs().latest()).isEmpty();
        assertThat(migration.locations()).containsExactly("old/1", "old/2");
        assertThat(scaled).as("ECS would restart the producer over and over").hasSize(2);
    }

    /** ECS counts the failed tasks of a deployment, and returns to the revision before it. */
    @Test
    void refusalDuringADeploymentLeavesTheServicesToEcs() {
        scaling();
        producers = new ServiceState(1, 1, 2);
        ProducerCatalog refusing = intercepting((method, call) -> method.equals("inspect")
                ? new Inspection(Optional.empty(), List.of(PreflightFinding.refused("The column is too short.")))
                : call.call());

        assertThat(run(refusing)).isEqualTo(ExitCode.REFUSED);

        assertThat(scaled).isEmpty();
    }

    @Test
    void unavailableDatabaseFailsTheStartAfterTheStartupWait() {
        ProducerCatalog away = intercepting((method, call) -> {
            throw new Unavailable("No connection");
        });

        assertThat(run(away)).isEqualTo(ExitCode.FAILED);
        assertThat(migration.catalog.runs().latest()).isEmpty();
    }

    @Test
    void stoppedRunIsResumedByTheNextStart() {
        migration.withRows(8);
        consumer = claim -> {
            migration.copy(claim);
            signal.request();
        };
        assertThat(run()).isEqualTo(ExitCode.FAILED);
        assertThat(latest().completed()).isEmpty();
        assertThat(reports).isEmpty();

        consumer = migration::copy;
        assertThat(run(migration.database.open(), new ShutdownSignal())).isEqualTo(ExitCode.COMPLETE);

        assertThat(latest().number()).isEqualTo(1);
        assertThat(migration.locations()).allMatch(location -> location.startsWith("new/"));
    }

    @Test
    void completeRunIsScaledToZeroAfterItWasRecorded() {
        migration.withRows(2);
        scaling();

        assertThat(run()).isEqualTo(ExitCode.COMPLETE);

        assertThat(scaled).containsExactly("consumers after completion", "producers after completion");
        assertThat(migration.catalog.scaleDown().isDue()).isFalse();
    }

    @Test
    void startAfterACompletedRunWhoseScalingIsDueOnlyScales() {
        migration.withRows(2);
        migration.catalog.lock().acquire(Duration.ZERO);
        migration.catalog.runs().startOrResume(Optional.empty());
        migration.catalog.scaleDown().due(1);
        migration.catalog.runs().complete(1, "{}");
        scaling();

        assertThat(run()).isEqualTo(ExitCode.COMPLETE);

        assertThat(latest().number()).isEqualTo(1);
        assertThat(scaled).hasSize(2);
        assertThat(migration.locations()).containsExactly("old/1", "old/2");
    }

    @Test
    void runWithoutProgressEndsWithAReportAndIsScaledToZero() {
        migration.withRows(2);
        scaling();
        consumer = migration::completeWithoutOutcomes;

        assertThat(run()).isEqualTo(ExitCode.FAILED);

        assertThat(reports)
                .singleElement()
                .asString()
                .startsWith("Run 1 is INCOMPLETE")
                .contains("found 2 records");
        assertThat(latest().completed()).isEmpty();
        assertThat(scaled).containsExactly("consumers before completion", "producers before completion");
    }

    @Test
    void permanentRejectionHaltsTheRunAndIsScaledToZero() {
        migration.withRows(2);
        scaling();
        ProducerCatalog rejecting = intercepting((method, call) -> {
            if (method.equals("apply")) {
                throw new Rejected("UPDATE command denied to user 'app'");
            }
            return call.call();
        });

        assertThat(run(rejecting)).isEqualTo(ExitCode.FAILED);

        assertThat(latest().completed()).isEmpty();
        assertThat(scaled).hasSize(2);
    }

    @Test
    void unexpectedErrorEndsTheProcessAndLeavesTheServicesRunning() {
        migration.withRows(2);
        scaling();
        ProducerCatalog broken = intercepting((method, call) -> {
            if (method.equals("apply")) {
                throw new IllegalStateException("a bug");
            }
            return call.call();
        });

        assertThat(run(broken)).isEqualTo(ExitCode.FAILED);

        assertThat(latest().completed()).isEmpty();
        assertThat(scaled).isEmpty();
    }

    @Test
    void runCompletedByAnotherProducerMeanwhileIsReportedAgain() {
        migration.withRows(2);
        boolean[] completed = {false};
        ProducerCatalog overtaken = intercepting((method, call) -> {
            if (method.equals("acquire") && !completed[0]) {
                completed[0] = true;
                MemoryCatalog another = migration.database.open();
                another.lock().acquire(Duration.ZERO);
                another.runs().startOrResume(Optional.empty());
                migration.put(1, "new/1");
                migration.put(2, "new/2");
                another.runs().complete(1, "{}");
                another.close();
            }
            return call.call();
        });

        assertThat(run(overtaken)).isEqualTo(ExitCode.COMPLETE);

        assertThat(latest().number()).isEqualTo(1);
        assertThat(reports).singleElement().asString().startsWith("Run 1 is complete");
    }

    @Test
    void canaryMovesItsRecordsAndTheNextStartContinuesTheRun() {
        migration.withRows(9);
        canary = OptionalInt.of(3);

        assertThat(run()).isEqualTo(ExitCode.COMPLETE);

        assertThat(migration.locations())
                .containsExactly("new/1", "new/2", "new/3", "old/4", "old/5", "old/6", "old/7", "old/8", "old/9");
        assertThat(latest().completed()).isEmpty();
        assertThat(reports).isEmpty();

        canary = OptionalInt.empty();
        assertThat(run()).isEqualTo(ExitCode.COMPLETE);

        assertThat(migration.locations()).allMatch(location -> location.startsWith("new/"));
        assertThat(latest().number()).isEqualTo(1);
    }

    @Test
    void canaryOfTheSameSizeMovesNothingMore() {
        migration.withRows(5);
        canary = OptionalInt.of(3);
        run();
        List<String> moved = migration.locations();

        assertThat(run()).isEqualTo(ExitCode.COMPLETE);

        assertThat(migration.locations()).isEqualTo(moved);
    }

    @Test
    void canaryLargerThanTheTableCompletesTheRunAndScalesNothing() {
        scaling();
        migration.withRows(2);
        canary = OptionalInt.of(3);

        assertThat(run()).isEqualTo(ExitCode.COMPLETE);

        assertThat(latest().completed()).isPresent();
        assertThat(scaled).isEmpty();
        assertThat(reports).singleElement().asString().startsWith("Run 1 is complete");
    }

    @Test
    void canaryIsRefusedWhileAnotherProducerHoldsTheLock() {
        migration.withRows(2);
        canary = OptionalInt.of(1);
        try (MemoryCatalog other = migration.database.open()) {
            assertThat(other.lock().acquire(Duration.ZERO)).isTrue();

            assertThat(run()).isEqualTo(ExitCode.REFUSED);
        }
        assertThat(migration.locations()).containsExactly("old/1", "old/2");
    }

    private interface Interceptor {
        Object intercept(String method, Callable<Object> call) throws Exception;
    }

    private ProducerCatalog intercepting(Interceptor interceptor) {
        return ContractProxy.of(
                ProducerCatalog.class,
                migration.catalog,
                (method, call) -> interceptor.intercept(method.getName(), call));
    }

    private void scaling() {
        scaling = Optional.of(new ScalingSettings("cluster", "consumers", "producers"));
    }

    private Run latest() {
        return migration.catalog.runs().latest().orElseThrow();
    }

    private int run() {
        return run(migration.catalog);
    }

    private int run(ProducerCatalog catalog) {
        return run(catalog, signal);
    }

    /** The loop is a resource for its end alone. */
    @SuppressWarnings("try")
    private int run(ProducerCatalog catalog, ShutdownSignal stop) {
        MigrationSettings migrated = new MigrationSettings("bucket", "target", MemoryMigration.KEYS, "m");
        ProducerSettings settings = new ProducerSettings(
                migrated,
                new RunSettings(
                        2,
                        Duration.ZERO,
                        2,
                        Duration.ZERO,
                        MemoryMigration.LEASE,
                        new ThrottleSettings(0, 0, List.of(), Duration.ofSeconds(1), RunWindows.ALWAYS),
                        Duration.ofSeconds(10)),
                scaling,
                new HttpSettings(0, "127.0.0.1"),
                new LogSettings(LogSettings.Format.TEXT, LogSettings.Level.INFO),
                Duration.ofSeconds(30));
        ProducerServices services = new ProducerServices(
                ContractProxy.synchronizedOn(monitor, ProducerCatalog.class, catalog),
                ContractProxy.synchronizedOn(monitor, BatchQueue.class, migration.queue),
                scaling.map(any -> new Scaler()),
                migration.ids(),
                migration.clock,
                migration.clock,
                MemoryMigration.PRODUCER);
        RunManifest manifest = new RunManifest(
                ManifestSettings.from(new Environment(Map.of())),
                MemoryMigration.NO_STORE,
                MemoryMigration.ANY_KEY,
                migrated,
                services.catalog(),
                migration.clock);
        List<Throwable> failures = new ArrayList<>();
        try (Loop consuming = new Loop("consumer", this::consume, failures::add).start()) {
            Preflight preflight = new Preflight(
                    services.catalog(),
                    services.queue().publisher("preflight", run -> false),
                    List.of(),
                    manifest,
                    List.of());
            return new JobRunner(settings, services, preflight, manifest, canary, stop, reports::add).run();
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
