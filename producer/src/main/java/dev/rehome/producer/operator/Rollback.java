package dev.rehome.producer.operator;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.catalog.LeaderLock;
import dev.rehome.common.catalog.ReferenceRollback;
import dev.rehome.common.catalog.ReferenceRollback.Candidate;
import dev.rehome.common.catalog.ReferenceRollback.Totals;
import dev.rehome.common.process.Retries;
import dev.rehome.producer.throttle.Throttle;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Rolls batches back, newest first, one transaction each. It can be killed between any two statements and repeated: a
 * batch that was committed isn't listed again. For one thread.
 */
final class Rollback {
    private static final Duration LOCK_WAIT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int LISTED = 100;

    private final LeaderLock lock;
    private final ReferenceRollback catalog;
    private final Function<List<String>, Set<String>> missing;
    private final Supplier<String> throttle;
    private final Retries retries;
    private final Consumer<String> log;
    private String waiting = "";

    /**
     * @param missing returns those object keys that have no object in the source container
     * @param throttle returns why nothing may be updated now; empty when it may
     * @param log receives lines for people
     */
    Rollback(
            LeaderLock lock,
            ReferenceRollback catalog,
            Function<List<String>, Set<String>> missing,
            Supplier<String> throttle,
            Retries retries,
            Consumer<String> log) {
        this.lock = lock;
        this.catalog = catalog;
        this.missing = missing;
        this.throttle = throttle;
        this.retries = retries;
        this.log = log;
    }

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
            List<BatchId> batches = patiently(() -> catalog.batches(last, LISTED));
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
        awaitThrottle();
        return patiently(() -> {
            requireLock();
            List<Candidate> candidates = catalog.candidates(batch);
            Set<String> absent = missing.apply(
                    candidates.stream().map(Candidate::oldLocation).toList());
            return catalog.rollBack(
                    batch,
                    candidates.stream()
                            .filter(each -> absent.contains(each.oldLocation()))
                            .map(Candidate::record)
                            .collect(Collectors.toSet()));
        });
    }

    private void requireLock() {
        if (!lock.acquire(LOCK_WAIT)) {
            throw new Rejected("A producer holds the lock of this migration. Stop it, then roll back: it would migrate"
                    + " the rows again");
        }
    }

    private void awaitThrottle() {
        String reason = throttle.get();
        while (!reason.isEmpty()) {
            if (!reason.equals(waiting)) {
                log.accept("Waiting: " + reason);
                waiting = reason;
            }
            if (retries.pause().test(Throttle.RECHECK)) {
                throw new Unavailable("Stopped while waiting: " + reason);
            }
            reason = throttle.get();
        }
        waiting = "";
    }

    private <T> T patiently(Supplier<T> call) {
        return retries.call(call, (failures, elapsed, trouble) -> {
            log.accept(trouble.getMessage() + "; trying again");
            return elapsed.compareTo(PATIENCE) >= 0;
        });
    }
}
