package dev.rehome.producer.operator;

import dev.rehome.common.Rejected;
import dev.rehome.common.process.BoundedParallel;
import dev.rehome.common.store.ObjectStat;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.StoreResult;
import dev.rehome.producer.Buckets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which legacy objects still exist, for a rollback: one request for each, many at a time.
 *
 * @param helpers does requests beside the caller
 */
record SourceObjects(Buckets buckets, Executor helpers) {
    private static final Logger LOG = LoggerFactory.getLogger(SourceObjects.class);
    /**
     * The keys without an object, and those whose object the store refuses to describe.
     *
     * @throws Rejected if the store refuses all of them
     * @throws dev.rehome.common.Unavailable if repeating the call later may help
     */
    Set<String> missing(List<String> objectKeys) {
        List<String> distinct = objectKeys.stream().distinct().toList();
        List<StoreResult<Optional<ObjectStat>>> results = BoundedParallel.run(
                helpers,
                ExclusiveWork.PARALLEL,
                distinct.size(),
                i -> buckets.inspector().stat(buckets.source(distinct.get(i))));
        Set<String> missing = new HashSet<>();
        Optional<Refusal> refusal = Optional.empty();
        int refused = 0;
        for (int i = 0; i < distinct.size(); i++) {
            StoreResult<Optional<ObjectStat>> result = results.get(i);
            if (result.refusal().isPresent()) {
                refusal = result.refusal();
                refused++;
            }
            if (result.refusal().isPresent() || result.value().orElseThrow().isEmpty()) {
                missing.add(distinct.get(i));
            }
        }
        if (refused > 0) {
            String words = refusal.orElseThrow().message();
            if (refused == distinct.size() || refusal.get().scope() == Refusal.Scope.EVERY_OBJECT) {
                throw new Rejected("The old objects can't be inspected, so no row was rolled back: " + words
                        + " Grant s3:GetObject and s3:ListBucket on " + buckets.source(""));
            }
            LOG.warn(
                    "{} of {} old objects can't be inspected; their rows keep the new locations: {}",
                    refused,
                    distinct.size(),
                    words);
        }
        return missing;
    }
}
