package dev.rehome.consumer;

import dev.rehome.common.Rejected;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.RecordOutcome;
import dev.rehome.common.catalog.OutcomeLedger;
import dev.rehome.common.queue.BatchClaimer;
import dev.rehome.common.queue.Claim;
import dev.rehome.common.queue.CompleteResult;
import dev.rehome.consumer.store.StoreCalls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One claim to its end: copies what has no outcome yet, commits outcomes in bulk as they come, then reports the batch
 * complete. Runs on a thread of its own for each batch in flight; the copies need none.
 *
 * <p>Order is the promise: copied object, then committed mapping row, then complete. A crash between two of them repeats
 * the later ones.
 */
final class BatchProcessing {
    /** What came of the claim. */
    enum End {
        COMPLETED,
        RELEASED,
        LOST
    }

    private static final Logger LOG = LoggerFactory.getLogger(BatchProcessing.class);
    /** Outcomes in one insert: what a crash repeats at most, against round trips. */
    private static final int SLICE = 500;
    /** How long to wait for copies under way once the work is given up. */
    private static final long SETTLE_MILLIS = 300;

    private final BatchClaimer queue;
    private final OutcomeLedger ledger;
    private final RecordCopy copies;
    private final AccessCircuitBreaker circuit;
    private final ConsumerProgress progress;

    BatchProcessing(
            BatchClaimer queue,
            OutcomeLedger ledger,
            RecordCopy copies,
            AccessCircuitBreaker circuit,
            ConsumerProgress progress) {
        this.queue = queue;
        this.ledger = ledger;
        this.copies = copies;
        this.circuit = circuit;
        this.progress = progress;
    }

    /** Works on the claim until it is completed, given back or lost. Waits out an unavailable queue or catalog. */
    End process(Claim claim, ActiveLeases.Held held) {
        Batch batch = claim.batch();
        Patience patience = new Patience(held::isGivenUp);
        Set<Integer> recorded;
        try {
            recorded = patience.until(() -> ledger.recorded(batch.id()));
        } catch (Rejected refused) {
            // Nothing is wrong with the batch, and others may work on it: no attempt of it is counted.
            giveBack(held, false);
            throw refused;
        }
        if (recorded == null) {
            return giveBack(held, false);
        }
        Rest rest = copyRest(batch, recorded, held, patience);
        if (rest != Rest.RECORDED) {
            return giveBack(held, rest == Rest.BROKEN);
        }
        CompleteResult completion = patience.until(() -> queue.complete(held.lease()));
        if (completion == null) {
            return giveBack(held, false);
        }
        if (completion == CompleteResult.LOST) {
            LOG.warn("Batch {}: the lease was lost before it was complete; another consumer finishes it", batch.id());
            return End.LOST;
        }
        return End.COMPLETED;
    }

    /** Starts a copy of each distinct object that has no outcome yet: rows that name the same one share it. */
    private Rest copyRest(Batch batch, Set<Integer> recorded, ActiveLeases.Held held, Patience patience) {
        Map<String, List<Integer>> objects = new LinkedHashMap<>();
        for (int number = 0; number < batch.size(); number++) {
            if (!recorded.contains(number)) {
                objects.computeIfAbsent(batch.records().get(number).location(), any -> new ArrayList<>())
                        .add(number);
            }
        }
        BlockingQueue<Result> results = new LinkedBlockingQueue<>();
        for (List<Integer> numbers : objects.values()) {
            int first = numbers.get(0);
            copies.copy(first, batch.records().get(first), () -> held.isGivenUp() || circuit.isOpen())
                    .whenComplete((answer, trouble) -> results.add(new Result(numbers, answer, trouble)));
        }
        return collect(batch, held, objects.size(), results, patience);
    }

    private Rest collect(
            Batch batch, ActiveLeases.Held held, int started, BlockingQueue<Result> results, Patience patience) {
        List<RecordOutcome> waiting = new ArrayList<>();
        List<RecordOutcome> denied = new ArrayList<>();
        Rest rest = Rest.RECORDED;
        for (int i = 0; i < started; i++) {
            Result result = next(results, held);
            if (result == null) {
                // Given up: copies under way end without us, and copying again is harmless.
                rest = rest.and(Rest.GIVEN_UP);
                break;
            }
            if (result.answer() == null) {
                rest = rest.and(judge(batch, result.trouble()));
            } else {
                List<RecordOutcome> to = result.answer().wholesale() ? denied : waiting;
                RecordOutcome outcome = result.answer().outcome();
                result.numbers().forEach(number -> to.add(outcome.of(number)));
            }
            if (waiting.size() >= SLICE) {
                rest = rest.and(record(batch, waiting, patience));
            }
        }
        // A refusal counts against the object only if access as such was not denied meanwhile.
        if (circuit.isOpen() && !denied.isEmpty()) {
            rest = rest.and(Rest.GIVEN_UP);
        } else {
            waiting.addAll(denied);
        }
        return rest.and(record(batch, waiting, patience));
    }

    private static Rest judge(Batch batch, Throwable trouble) {
        Throwable cause = trouble instanceof CompletionException ? trouble.getCause() : trouble;
        if (cause instanceof StoreCalls.Abandoned) {
            return Rest.GIVEN_UP;
        }
        if (cause instanceof Error fatal) {
            // The trouble is the process', not the batch's.
            throw fatal;
        }
        LOG.error("Batch {}: a copy failed unexpectedly; giving the batch back", batch.id(), cause);
        return Rest.BROKEN;
    }

    private Rest record(Batch batch, List<RecordOutcome> outcomes, Patience patience) {
        List<RecordOutcome> now = List.copyOf(outcomes);
        outcomes.clear();
        boolean done = patience.until(() -> {
                    ledger.record(batch, now);
                    return true;
                })
                != null;
        if (done) {
            progress.recorded(now);
        }
        return done ? Rest.RECORDED : Rest.GIVEN_UP;
    }

    private End giveBack(ActiveLeases.Held held, boolean counts) {
        Boolean given = new Patience(() -> true).until(() -> queue.release(held.lease(), counts));
        LOG.info(
                "Batch {}: {}",
                held.lease().batch(),
                Boolean.TRUE.equals(given) ? "given back" : "not given back; its lease will run out");
        return End.RELEASED;
    }

    /** The next result; null when the work was given up and none comes any more. */
    private static Result next(BlockingQueue<Result> results, ActiveLeases.Held held) {
        boolean lastLook = false;
        try {
            while (true) {
                Result result = results.poll(SETTLE_MILLIS, TimeUnit.MILLISECONDS);
                if (result != null || lastLook) {
                    return result;
                }
                lastLook = held.isGivenUp();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            held.giveUp();
            return null;
        }
    }

    /** How the rest of a batch came out, from best to worst. */
    private enum Rest {
        RECORDED,
        GIVEN_UP,
        BROKEN;

        Rest and(Rest other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    /** What came of the object that some records name. */
    private record Result(List<Integer> numbers, RecordCopy.Answer answer, Throwable trouble) {}
}
