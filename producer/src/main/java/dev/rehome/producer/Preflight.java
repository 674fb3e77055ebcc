package dev.rehome.producer;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.CatalogTable;
import dev.rehome.common.catalog.Inspection;
import dev.rehome.common.catalog.PreflightFinding;
import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.catalog.ReplicaHeartbeat;
import dev.rehome.common.catalog.ServerAddress;
import dev.rehome.common.process.Plural;
import dev.rehome.common.queue.BatchPublisher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks everything before anything is changed. Changes nothing itself.
 *
 * @param replicas those whose lag throttles the run
 * @param others the checks of other services
 */
record Preflight(
        ProducerCatalog catalog,
        BatchPublisher queue,
        List<ServerAddress> replicas,
        RunManifest manifest,
        List<Supplier<List<PreflightFinding>>> others) {
    private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);

    /**
     * Makes all checks. Repeatable.
     *
     * @throws Unavailable when a service doesn't respond
     */
    Inspection check() {
        List<PreflightFinding> findings = new ArrayList<>();
        Optional<CatalogTable> table = Optional.empty();
        try {
            Inspection inspection = catalog.inspect();
            findings.addAll(inspection.findings());
            table = inspection.table();
            findings.addAll(replicas.isEmpty() ? unwatchedReplicas() : unreachableReplicas());
        } catch (Rejected refused) {
            findings.add(
                    PreflightFinding.refused(refused.getMessage() + ". Check DATABASE_HOST, DB_USER and DB_PASSWORD."));
        }
        findings.addAll(manifest.validate(table));
        if (!new Inspection(table, findings).isRefused()) {
            findings.addAll(manifest.compareWithLatestRun());
            findings.addAll(queue.refusal()
                    .map(refusal -> List.of(PreflightFinding.refused(refusal)))
                    .orElseGet(this::unfinishedBatches));
        }
        others.forEach(check -> findings.addAll(check.get()));
        return new Inspection(table, findings);
    }

    /** Logs every finding by its severity. */
    static void log(Inspection checked) {
        for (PreflightFinding finding : checked.findings()) {
            if (finding.severity() == PreflightFinding.Severity.INFO) {
                LOG.info("{}", finding.text());
            } else {
                LOG.warn("{}: {}", finding.severity(), finding.text());
            }
        }
    }

    private List<PreflightFinding> unfinishedBatches() {
        long open = queue.depth().open();
        return open == 0
                ? List.of()
                : List.of(PreflightFinding.info(
                        "The queue holds " + Plural.of(open, "unfinished batch") + ", which a resumed run continues."));
    }

    private List<PreflightFinding> unwatchedReplicas() {
        int connected = catalog.load().replicas();
        return connected == 0
                ? List.of()
                : List.of(PreflightFinding.warning(Plural.of(connected, "replica") + (connected == 1 ? " is" : " are")
                        + " connected to the primary, but none is watched for lag. Name them in THROTTLE_REPLICAS to"
                        + " make the run wait while one lags more than MAX_REPLICA_LAG_SECONDS."));
    }

    /** Warnings only: a replica may be unavailable when a producer restarts, and the run waits for it. */
    private List<PreflightFinding> unreachableReplicas() {
        List<PreflightFinding> findings = new ArrayList<>();
        try (ReplicaHeartbeat heartbeat = catalog.heartbeat(replicas, "preflight")) {
            for (String replica : heartbeat.replicas()) {
                try {
                    heartbeat.ping(replica);
                } catch (Unavailable | Rejected trouble) {
                    findings.add(PreflightFinding.warning(trouble.getMessage()
                            + ". The run would wait for it: start it, allow DB_USER to log in there, or remove it from"
                            + " THROTTLE_REPLICAS."));
                }
            }
        }
        return findings;
    }
}
