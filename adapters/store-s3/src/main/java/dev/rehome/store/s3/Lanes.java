package dev.rehome.store.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;

/**
 * Numbered pieces of work, a few at a time. After the first failure no more are started, and the whole fails when those
 * under way have ended: whoever cleans up then races with nothing.
 */
final class Lanes<T> {
    private final int pieces;
    private final IntFunction<CompletableFuture<T>> work;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReferenceArray<T> results;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private Lanes(int pieces, IntFunction<CompletableFuture<T>> work) {
        this.pieces = pieces;
        this.work = work;
        this.results = new AtomicReferenceArray<>(pieces);
    }

    /** The results in the order of their numbers, which count from 0. */
    static <T> CompletableFuture<List<T>> run(int pieces, int lanes, IntFunction<CompletableFuture<T>> work) {
        Lanes<T> all = new Lanes<>(pieces, work);
        CompletableFuture<?>[] running = new CompletableFuture<?>[Math.min(lanes, pieces)];
        for (int lane = 0; lane < running.length; lane++) {
            running[lane] = all.lane();
        }
        return CompletableFuture.allOf(running).thenCompose(ended -> all.outcome());
    }

    private CompletableFuture<Void> lane() {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        goOn(ended);
        return ended;
    }

    /** A loop while pieces end at once, so that thousands of them need no deep stack. */
    private void goOn(CompletableFuture<Void> ended) {
        while (true) {
            int number = next.getAndIncrement();
            if (number >= pieces || failure.get() != null) {
                ended.complete(null);
                return;
            }
            CompletableFuture<T> piece =
                    work.apply(number).whenComplete((result, trouble) -> keep(number, result, trouble));
            if (!piece.isDone()) {
                piece.whenComplete((result, trouble) -> goOn(ended));
                return;
            }
        }
    }

    private void keep(int number, T result, Throwable trouble) {
        if (trouble == null) {
            results.set(number, result);
        } else {
            failure.compareAndSet(null, trouble);
        }
    }

    private CompletableFuture<List<T>> outcome() {
        if (failure.get() != null) {
            return CompletableFuture.failedFuture(failure.get());
        }
        List<T> list = new ArrayList<>(pieces);
        for (int number = 0; number < pieces; number++) {
            list.add(results.get(number));
        }
        return CompletableFuture.completedFuture(list);
    }
}
