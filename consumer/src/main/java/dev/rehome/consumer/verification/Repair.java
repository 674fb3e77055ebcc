package dev.rehome.consumer.verification;

import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.MigratedRecord;
import dev.rehome.common.process.Retries;
import dev.rehome.common.store.ContentProof;
import dev.rehome.common.store.CopyResult;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.Transfer;
import dev.rehome.consumer.verification.Verification.ObjectKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * Copies missing objects again, with the transfer of the migration and its rules: existing objects are never overwritten.
 * All other findings are left to the operator, because a wrong decision would lose bytes. For one thread, which works
 * beside those of {@link Verification.Parallel}.
 */
final class Repair {
    /** How many repaired objects are remembered for later rows with the same object: about 25 MB. */
    private static final int MOST_REMEMBERED = 100_000;

    /** Where objects are copied from and to, by object key. */
    record Route(Function<String, Location> sources, Function<String, Location> targets) {}

    private final Transfer transfer;
    private final Route route;
    private final Verification.Database database;
    private final Verification.Parallel parallel;
    private final Retries retries;
    /** New ETags by target key: with KMS a second copy has another ETag, and further rows may refer to the object. */
    private final Map<String, String> repaired = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    Repair(
            Transfer transfer,
            Route route,
            Verification.Database database,
            Verification.Parallel parallel,
            Retries retries) {
        this.transfer = transfer;
        this.route = route;
        this.database = database;
        this.parallel = parallel;
        this.retries = retries;
    }

    /** Repairs the findings that can be repaired; returns all of them in their order. */
    List<Finding> repair(List<Finding> findings) {
        List<ObjectKeys> missing = findings.stream()
                .filter(finding -> finding.kind() == Finding.Kind.MISSING)
                .map(finding -> ObjectKeys.of(finding.record()))
                .distinct()
                .toList();
        Map<ObjectKeys, CopyOutcome> copies = parallel.map(missing, this::copy);
        copies.forEach((keys, copy) -> copy.etag().ifPresent(etag -> repaired.put(keys.target(), etag)));
        return findings.stream().map(finding -> repaired(finding, copies)).toList();
    }

    private Finding repaired(Finding finding, Map<ObjectKeys, CopyOutcome> copies) {
        MigratedRecord record = finding.record();
        if (finding.kind() == Finding.Kind.MISSING) {
            CopyOutcome copy = copies.get(ObjectKeys.of(record));
            copy.etag().ifPresent(etag -> database.updateProof(record, etag));
            return copy.etag().isPresent() ? finding.asRepaired() : finding.notRepaired(copy.failure());
        }
        Optional<String> etag = finding.objects()
                .target()
                .object()
                .flatMap(object -> object.proof().map(ContentProof::value))
                .filter(found -> found.equals(repaired.get(record.newLocation())));
        etag.ifPresent(own -> database.updateProof(record, own));
        return etag.isPresent() ? finding.asRepaired() : finding;
    }

    /** The ETag of a copy, or the reason why there is none. */
    private record CopyOutcome(Optional<String> etag, String failure) {}

    private CopyOutcome copy(ObjectKeys keys) {
        Location source = route.sources().apply(keys.source());
        Location target = route.targets().apply(keys.target());
        try {
            CopyResult result = retries.call(
                    () -> join(source, target),
                    (failures, elapsed, failure) ->
                            failures >= BucketInspector.TRIES || BucketInspector.isOverdue(elapsed));
            return result instanceof CopyResult.Copied copied
                    ? new CopyOutcome(Optional.of(copied.proof().value()), "")
                    : new CopyOutcome(Optional.empty(), result.toString());
        } catch (Unavailable failure) {
            return new CopyOutcome(
                    Optional.empty(), "every try to copy it failed, the last one with: " + failure.getMessage());
        }
    }

    private CopyResult join(Location source, Location target) {
        try {
            return transfer.copy(source, target).toCompletableFuture().join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof Unavailable unavailable ? unavailable : failed;
        }
    }
}
