package dev.rehome.consumer.store;

import dev.rehome.common.store.StoreUnavailable;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls of a store, however long it is unavailable. The store's client retries quickly; this waits out what lasts longer,
 * with the calls that may be in flight limited meanwhile. Safe for use by any thread; nobody waits in it.
 */
public final class StoreCalls {
    private static final Logger LOG = LoggerFactory.getLogger(StoreCalls.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private final AdaptiveConcurrencyLimit limit;
    private final ScheduledExecutorService timer;
    private final RandomGenerator random;

    public StoreCalls(AdaptiveConcurrencyLimit limit, ScheduledExecutorService timer, RandomGenerator random) {
        this.limit = limit;
        this.timer = timer;
        this.random = random;
    }

    /**
     * Makes a call when there is room, again and again while the store is unavailable.
     *
     * @param what names it in the log
     * @param abandoned asked before each try: once true, no further one is started
     * @return always completes, as the call does or with what the call threw, but never with {@link StoreUnavailable}:
     *     with {@link Abandoned} instead, also when the timer takes no further try
     */
    public <T> CompletableFuture<T> insist(Object what, Supplier<CompletionStage<T>> call, BooleanSupplier abandoned) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        attempt(what, call, abandoned, 1, answer);
        return answer;
    }

    private <T> void attempt(
            Object what,
            Supplier<CompletionStage<T>> call,
            BooleanSupplier abandoned,
            int attempt,
            CompletableFuture<T> answer) {
        limit.run(() -> started(call, abandoned).handle((result, trouble) -> {
            Throwable cause = trouble instanceof CompletionException ? trouble.getCause() : trouble;
            StoreUnavailable unavailable = cause instanceof StoreUnavailable passing ? passing : null;
            try {
                if (unavailable != null) {
                    long wait = wait(attempt);
                    LOG.debug("{}: {}; trying again in {} ms", what, unavailable.getMessage(), wait);
                    timer.schedule(
                            () -> attempt(what, call, abandoned, attempt + 1, answer), wait, TimeUnit.MILLISECONDS);
                    return false;
                }
                return cause == null ? answer.complete(result) : answer.completeExceptionally(cause);
            } catch (RejectedExecutionException ended) {
                return answer.completeExceptionally(new Abandoned());
            } finally {
                limit.done(unavailable != null && unavailable.isThrottled());
            }
        }));
    }

    /** The call under way; whatever is thrown instead is its failure, for someone waits for an answer. */
    private static <T> CompletionStage<T> started(Supplier<CompletionStage<T>> call, BooleanSupplier abandoned) {
        try {
            return abandoned.getAsBoolean()
                    ? CompletableFuture.failedFuture(new Abandoned())
                    : Objects.requireNonNull(call.get(), "call");
        } catch (Throwable broken) {
            return CompletableFuture.failedFuture(broken);
        }
    }

    /** Grows to 20 s, with half of it random: many calls that wait must not come back at once. */
    private long wait(int attempt) {
        long longest = Math.min(LONGEST_WAIT.toMillis(), 200L << Math.min(attempt, 10));
        return longest / 2 + random.nextLong(longest / 2 + 1);
    }

    /** The work was given up before there was an answer: nothing is known. */
    public static final class Abandoned extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Abandoned() {
            super("given up", null, false, false);
        }
    }
}
