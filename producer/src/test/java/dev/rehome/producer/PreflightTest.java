package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.ContractProxy;
import dev.rehome.common.Rejected;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.catalog.Inspection;
import dev.rehome.common.catalog.PreflightFinding;
import dev.rehome.common.catalog.PreflightFinding.Severity;
import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.catalog.ServerAddress;
import dev.rehome.common.queue.BatchPublisher;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class PreflightTest {
    private final MemoryMigration migration = new MemoryMigration();
    private List<PreflightFinding> otherFindings = List.of();

    @Test
    void soundMigrationHasNoFindings() {
        Inspection result = preflight(migration.catalog).check();

        assertThat(result.findings()).isEmpty();
        assertThat(result.isRefused()).isFalse();
        assertThat(result.table()).isPresent();
    }

    @Test
    void refusingFindingOfTheCatalogRefusesTheRun() {
        ProducerCatalog catalog = with(
                "inspect",
                () -> new Inspection(
                        Optional.of(migration.catalog.table()),
                        List.of(PreflightFinding.refused("The column is too short."))));

        assertThat(preflight(catalog).check().isRefused()).isTrue();
    }

    @Test
    void rejectedConnectionRefusesTheRunAndNamesTheSettings() {
        ProducerCatalog catalog = with("inspect", () -> {
            throw new Rejected("Access denied for user 'app'");
        });

        Inspection result = preflight(catalog).check();

        assertThat(result.isRefused()).isTrue();
        assertThat(result.findings())
                .extracting(PreflightFinding::text)
                .containsExactly("Access denied for user 'app'. Check DATABASE_HOST, DB_USER and DB_PASSWORD.");
    }

    @Test
    void refusingFindingOfAnotherServiceRefusesTheRun() {
        otherFindings = List.of(PreflightFinding.refused("The bucket doesn't exist."));

        assertThat(preflight(migration.catalog).check().isRefused()).isTrue();
    }

    @Test
    void unwatchedReplicasAreAWarning() {
        ProducerCatalog catalog = with("replicas", () -> 2);

        Inspection result = preflight(catalog).check();

        assertThat(result.isRefused()).isFalse();
        assertThat(result.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.text()).startsWith("2 replicas are connected to the primary, but none is watched");
        });
    }

    @Test
    void unreachableReplicaIsAWarning() {
        ProducerCatalog catalog = with("ping", () -> {
            throw new Rejected("Access denied at the replica r");
        });

        Inspection result = preflight(catalog, ServerAddress.parse("r")).check();

        assertThat(result.isRefused()).isFalse();
        assertThat(result.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.text())
                        .contains("Access denied at the replica r. The run would wait for it"));
    }

    @Test
    void unfinishedBatchesAreMentioned() {
        BatchPublisher queue = migration.queue.publisher(MemoryMigration.PRODUCER, run -> false);
        queue.lead(MemoryMigration.RUN);
        queue.beginPass(1);
        RowKey key = RowKey.of("1");
        queue.publish(
                new Batch(migration.ids().get(), MemoryMigration.RUN, List.of(new SourceRecord(key, "old/1"))), key, 1);

        assertThat(preflight(migration.catalog).check().findings())
                .containsExactly(
                        PreflightFinding.info("The queue holds 1 unfinished batch, which a resumed run continues."));
    }

    @Test
    void manifestIsComparedWithTheLatestRun() {
        migration.catalog.lock().acquire(Duration.ZERO);
        migration.catalog.runs().startOrResume(Optional.of("another manifest"));

        Inspection result = preflight(migration.catalog).check();

        assertThat(result.isRefused()).isTrue();
        assertThat(result.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.text()).contains("another manifest"));
    }

    /** The catalog with another result of one method. */
    private ProducerCatalog with(String name, Callable<Object> result) {
        return ContractProxy.of(
                ProducerCatalog.class,
                migration.catalog,
                (method, call) -> method.getName().equals(name) ? result.call() : call.call());
    }

    private Preflight preflight(ProducerCatalog catalog, ServerAddress... replicas) {
        return new Preflight(
                catalog,
                migration.queue.publisher("observer", run -> false),
                List.of(replicas),
                migration.manifest(catalog, Map.of()),
                List.of(() -> otherFindings));
    }
}
