package dev.rehome.producer.operator;

import dev.rehome.common.Rejected;
import dev.rehome.common.process.BoundedParallel;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.ObjectInspector;
import dev.rehome.common.store.ObjectStat;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.StoreResult;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects of the source container, as a rollback asks for them: one request for each, many at a time.
 *
 * @param store describes objects
 * @param locations the locations of object keys in the source container
 * @param helpers does requests beside the caller
 */
record SourceObjects(ObjectInspector store, Function<String, Location> locations, Executor helpers) {
    private static final Logger LOG = LoggerFactory.getLogger(SourceObjects.class);
    /** Requests in progress at a time. */
    static final int PARALLEL = 32;

    /**
     * The keys without an object, and those whose object the store refuses to describe.
     *
     * @throws Rejected if the store refuses all of them
     * @throws dev.rehome.common.Unavailable if repeating the call later may help
     */
    Set<String> missing(List<String> objectKeys) {
        List<String> distinct = objectKeys.stream().distinct().toList();
        List<StoreResult<Optional<ObjectStat>>> results = BoundedParallel.run(
                helpers, PARALLEL, distinct.size(), i -> store.stat(locations.apply(distinct.get(i))));
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
                throw new Rejected(
                        "No row can get its old location back, because it isn't known whether the old objects"
                                + " exist: " + words + " Grant s3:GetObject and s3:ListBucket on "
                                + locations.apply(""));
            }
            LOG.warn(
                    "{} of {} objects can't be inspected; their rows keep the new locations: {}",
                    refused,
                    distinct.size(),
                    words);
        }
        return missing;
    }
}
