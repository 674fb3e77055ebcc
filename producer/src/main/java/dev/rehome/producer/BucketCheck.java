package dev.rehome.producer;

import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.PreflightFinding;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.ObjectInspector;
import dev.rehome.common.store.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Checks whether both buckets can be used, as far as the producer can see. Only the consumers copy, often from another
 * network and with rights of their own, so only a bucket that is wrong for every process prevents a run. A store that can't
 * be reached, because of missing credentials, an unknown host or a refused certificate, is a warning: a resumed run must be
 * able to apply copied batches while the store is unavailable, and consumers that can't reach it report that themselves.
 * Denied access is information, because only some of the producer's commands need it, and a run doesn't.
 *
 * @param inspector the store's inspector
 * @param limit how long the store may take to respond
 */
record BucketCheck(ObjectInspector inspector, Duration limit) {
    private static final String PROBED = "rehome-probe";

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** The findings about the folders of a migration. */
    static List<PreflightFinding> of(Buckets buckets) {
        TargetKeyRule keys = buckets.migration().keys();
        return new BucketCheck(buckets.inspector(), LIMIT)
                .of(List.of(buckets.source(keys.legacy()), buckets.target(keys.target())));
    }

    /** The findings; none for a bucket that can be used. {@code folders} are in the buckets. */
    List<PreflightFinding> of(List<Location> folders) {
        List<CompletableFuture<Optional<PreflightFinding>>> findings =
                folders.stream().map(this::check).toList();
        return findings.stream()
                .map(CompletableFuture::join)
                .flatMap(Optional::stream)
                .toList();
    }

    private CompletableFuture<Optional<PreflightFinding>> check(Location folder) {
        Location probed = folder.withObjectKey(folder.objectKey() + PROBED);
        return CompletableFuture.supplyAsync(() -> finding(probed))
                .completeOnTimeout(
                        Optional.of(unreachable(probed, "no response within " + limit.toSeconds() + " s")),
                        limit.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private Optional<PreflightFinding> finding(Location probed) {
        try {
            return inspector.stat(probed).refusal().flatMap(refusal -> finding(probed, refusal));
        } catch (Unavailable unavailable) {
            return Optional.of(unreachable(probed, unavailable.getMessage()));
        }
    }

    private static Optional<PreflightFinding> finding(Location probed, Refusal refusal) {
        return switch (refusal.scope()) {
            case EVERY_OBJECT ->
                Optional.of(PreflightFinding.refused(
                        "Bucket " + probed.container() + " can't be used: " + refusal.message()));
            case UNCERTAIN ->
                Optional.of(PreflightFinding.info("Bucket " + probed.container()
                        + " denies access to the producer. A run doesn't need it if the consumers have access; canary,"
                        + " audit, rollback and purge-source do. " + refusal.message()));
            case OBJECT -> Optional.empty();
        };
    }

    private static PreflightFinding unreachable(Location probed, String cause) {
        return PreflightFinding.warning("Bucket " + probed.container() + " can't be reached from the producer: " + cause
                + ". Consumers that can't reach it either copy nothing and keep retrying: check the credentials,"
                + " AWS_REGION, AWS_ENDPOINT_URL_S3 and the network.");
    }
}
