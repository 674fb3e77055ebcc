package dev.rehome.producer.operator;

import dev.rehome.common.Rejected;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.catalog.ReferenceRollback;
import dev.rehome.common.catalog.ReferenceRollback.Candidate;
import dev.rehome.common.catalog.ReferenceRollback.Totals;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Rolls batches back, newest first, one transaction each. It can be killed between any two statements and repeated: a
 * batch that was committed isn't listed again. For one thread.
 *
 * @param missing returns those object keys that have no object in the source container
 */
record Rollback(ExclusiveSteps steps, ReferenceRollback catalog, Function<List<String>, Set<String>> missing) {
    private static final int LISTED = 100;

    /**
     * Rolls all batches back.
     *
     * @param progress receives what was done so far, after each batch
     * @return what this call did
     * @throws Rejected when another process holds the producer's lock
     */
    Totals all(Consumer<Totals> progress) {
        Totals done = Totals.NONE;
        Optional<BatchId> before = Optional.empty();
        while (true) {
            Optional<BatchId> last = before;
            List<BatchId> batches = steps.patiently(() -> catalog.batches(last, LISTED));
            if (batches.isEmpty()) {
                return done;
            }
            for (BatchId batch : batches) {
                done = done.plus(one(batch));
                progress.accept(done);
            }
            before = Optional.of(batches.get(batches.size() - 1));
        }
    }

    /** Rolls one batch back. */
    Totals one(BatchId batch) {
        return steps.run(() -> {
            List<Candidate> candidates = catalog.candidates(batch);
            Set<String> absent = missing.apply(
                    candidates.stream().map(Candidate::oldLocation).toList());
            return catalog.rollBack(
                    batch,
                    candidates.stream()
                            .filter(each -> !absent.contains(each.oldLocation()))
                            .map(Candidate::record)
                            .collect(Collectors.toSet()));
        });
    }
}
