package dev.rehome.producer;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.catalog.CatalogTable;
import dev.rehome.common.catalog.Inspection;
import dev.rehome.common.catalog.LocationScanner;
import dev.rehome.common.catalog.PreflightFinding;
import dev.rehome.common.catalog.PreflightFinding.Severity;
import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.catalog.ReplicaHeartbeat;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.catalog.ServerAddress;
import dev.rehome.common.catalog.WorkSource;
import dev.rehome.common.catalog.WorkSource.CountedWindow;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.QueueDepth;
import dev.rehome.manifest.ExaminedManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Everything checked before anything is changed, and nothing changed by it. */
final class Preflight {
    /**
     * What was found.
     *
     * @param table the table; empty when a finding says why it can't be used
     * @param findings everything worth saying
     */
    record Result(Optional<CatalogTable> table, List<PreflightFinding> findings) {
        boolean isRefused() {
            return table.isEmpty() || findings.stream().anyMatch(each -> each.severity() == Severity.REFUSED);
        }
    }

    /**
     * The records that are to be moved, counted.
     *
     * @param legacy all of them
     * @param tooLong those whose new key the column can't hold
     */
    record Count(long legacy, long tooLong) {}

    private final ProducerCatalog catalog;
    private final BatchPublisher queue;
    private final List<ServerAddress> replicas;
    private final ManifestCheck manifest;

    /** {@code replicas}: those whose lag counts. */
    Preflight(ProducerCatalog catalog, BatchPublisher queue, List<ServerAddress> replicas, ManifestCheck manifest) {
        this.catalog = catalog;
        this.queue = queue;
        this.replicas = replicas;
        this.manifest = manifest;
    }

    Result check() {
        List<PreflightFinding> findings = new ArrayList<>();
        Optional<CatalogTable> table = Optional.empty();
        try {
            Inspection inspection = catalog.inspect();
            findings.addAll(inspection.findings());
            table = inspection.table();
            findings.addAll(replicas());
        } catch (Rejected refused) {
            findings.add(
                    PreflightFinding.refused(refused.getMessage() + ". Check DATABASE_HOST, DB_USER and DB_PASSWORD."));
        }
        findings.addAll(manifest.examine(table));
        if (!new Result(table, findings).isRefused()) {
            findings.addAll(manifest.compare());
            queue.refusal(catalog.runs().latest().map(Run::id))
                    .map(PreflightFinding::refused)
                    .ifPresent(findings::add);
        }
        QueueDepth depth = queue.depth();
        if (depth.open() > 0) {
            findings.add(
                    PreflightFinding.info("Redis holds " + depth.open() + " unfinished batches: a run would go on."));
        }
        return new Result(table, findings);
    }

    private List<PreflightFinding> replicas() {
        return replicas.isEmpty() ? unwatchedReplicas() : unreachableReplicas();
    }

    private List<PreflightFinding> unwatchedReplicas() {
        int connected = catalog.load().replicas();
        return connected == 0
                ? List.of()
                : List.of(PreflightFinding.warning(connected + (connected == 1 ? " replica is" : " replicas are")
                        + " connected to the primary and nobody watches the lag: name them in THROTTLE_REPLICAS, and"
                        + " the run waits while one is more than MAX_REPLICA_LAG_SECONDS behind."));
    }

    /** No refusal: a replica may be away when a producer starts anew, and the run waits for it. */
    private List<PreflightFinding> unreachableReplicas() {
        List<PreflightFinding> findings = new ArrayList<>();
        try (ReplicaHeartbeat heartbeat = catalog.heartbeat(replicas, "preflight")) {
            for (String replica : heartbeat.replicas()) {
                try {
                    heartbeat.ping(replica);
                } catch (Unavailable | Rejected trouble) {
                    findings.add(PreflightFinding.warning(trouble.getMessage()
                            + ". The run would wait for it: bring it back, let DB_USER log in there, or take it out of"
                            + " THROTTLE_REPLICAS."));
                }
            }
        }
        return findings;
    }

    /** Counts ahead what a run would move, with the manifest at hand where there is one. */
    Count countAhead(CatalogTable table) {
        return manifest.examined()
                .map(listed -> countListed(listed, table.locations()))
                .orElseGet(() -> count(table, soFar -> {}));
    }

    /** The manifest isn't loaded yet, and a plan loads nothing: all that the column holds is looked up here. */
    private static Count countListed(ExaminedManifest listed, LocationScanner reader) {
        Optional<RowKey> position = Optional.empty();
        long found = 0;
        long tooLong = 0;
        do {
            LocationScanner.Page page = reader.page(position);
            for (String location : page.locations()) {
                found += listed.contains(location) ? 1 : 0;
                tooLong += listed.isTooLong(location) ? 1 : 0;
            }
            position = page.end();
        } while (position.isPresent());
        return new Count(found, tooLong);
    }

    /** Counts window by window; {@code onProgress} gets the count so far. */
    static Count count(CatalogTable table, LongConsumer onProgress) {
        WorkSource work = table.work();
        Optional<RowKey> position = Optional.empty();
        long legacy = 0;
        long tooLong = 0;
        while (true) {
            CountedWindow window = work.count(position);
            legacy += window.legacy();
            tooLong += window.tooLong();
            onProgress.accept(legacy);
            if (window.end().isEmpty()) {
                return new Count(legacy, tooLong);
            }
            position = window.end();
        }
    }
}
