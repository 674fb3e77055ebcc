package dev.rehome.common.process;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;

/**
 * Runs numbered pieces of blocking work, a bounded number of them at a time.
 *
 * <p>The caller's thread works too and doesn't depend on the helpers, so a caller that runs on the same executor can't
 * deadlock when the executor is busy: the work is only less parallel.
 */
public final class BoundedParallel {
    private BoundedParallel() {}

    /**
     * Does all pieces and waits for them. After the first failure no further piece is started; the failure is thrown
     * when the pieces in progress have ended, so that a caller that cleans up races with nothing.
     *
     * @param helpers runs pieces beside the caller
     * @param atMost how many pieces may be in progress at a time, the caller's included
     * @param pieces how many there are
     * @param work does the piece with a number from 0
     * @return the results in the order of their numbers
     */
    public static <T> List<T> run(Executor helpers, int atMost, int pieces, IntFunction<T> work) {
        AtomicInteger next = new AtomicInteger();
        AtomicReferenceArray<T> results = new AtomicReferenceArray<>(pieces);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Runnable worker = () -> {
            for (int piece = next.getAndIncrement();
                    piece < pieces && failure.get() == null;
                    piece = next.getAndIncrement()) {
                try {
                    results.set(piece, work.apply(piece));
                } catch (RuntimeException | Error trouble) {
                    failure.compareAndSet(null, trouble);
                }
            }
        };
        List<Helper> started = new ArrayList<>();
        for (int helper = 1; helper < Math.min(atMost, pieces); helper++) {
            started.add(new Helper(worker, helpers));
        }
        worker.run();
        started.forEach(Helper::awaitUnlessQueued);
        rethrow(failure.get());
        List<T> all = new ArrayList<>(pieces);
        for (int piece = 0; piece < pieces; piece++) {
            all.add(results.get(piece));
        }
        return all;
    }

    private static void rethrow(Throwable failure) {
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof Error fatal) {
            throw fatal;
        }
    }

    /** A worker on the executor. One that is still queued when the work is finished never runs. */
    private static final class Helper {
        private final AtomicBoolean taken = new AtomicBoolean();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();

        Helper(Runnable worker, Executor executor) {
            try {
                executor.execute(() -> {
                    if (taken.compareAndSet(false, true)) {
                        worker.run();
                        ended.complete(null);
                    }
                });
            } catch (RejectedExecutionException stopping) {
                taken.set(true);
                ended.complete(null);
            }
        }

        /** Waits even if the thread is interrupted: the pieces in progress still write. */
        void awaitUnlessQueued() {
            if (!taken.compareAndSet(false, true)) {
                ended.join();
            }
        }
    }
}
