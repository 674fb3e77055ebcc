package dev.rehome.emulation.seeding;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Asynchronous calls with a bound on how many are under way. For use by one thread. */
public final class Bounded {
    private final int most;
    private final Semaphore room;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** {@code most}: calls under way at a time. */
    public Bounded(int most) {
        this.most = most;
        this.room = new Semaphore(most);
    }

    /**
     * Starts a call as soon as there is room.
     *
     * @throws CompletionException with the first failure of an earlier call
     */
    public void submit(Supplier<CompletableFuture<?>> call) {
        room.acquireUninterruptibly();
        throwIfFailed();
        call.get().whenComplete((answer, trouble) -> {
            if (trouble != null) {
                failure.compareAndSet(null, trouble);
            }
            room.release();
        });
    }

    /** Waits for all; throws as {@link #submit} does. */
    public void await() {
        room.acquireUninterruptibly(most);
        room.release(most);
        throwIfFailed();
    }

    private void throwIfFailed() {
        Throwable first = failure.get();
        if (first != null) {
            throw new CompletionException(first);
        }
    }
}
