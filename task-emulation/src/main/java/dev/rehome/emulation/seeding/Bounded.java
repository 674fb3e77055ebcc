package dev.rehome.emulation.seeding;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Limits the number of concurrent asynchronous calls. For use by one thread. */
public final class Bounded {
    private final int most;
    private final Semaphore room;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** {@code most}: the highest number of concurrent calls. */
    public Bounded(int most) {
        this.most = most;
        this.room = new Semaphore(most);
    }

    /**
     * Starts a call as soon as fewer than the highest number are running.
     *
     * @throws CompletionException with the first failure of an earlier call
     */
    public void submit(Supplier<CompletableFuture<?>> call) {
        room.acquireUninterruptibly();
        throwIfFailed();
        call.get().whenComplete((result, trouble) -> {
            if (trouble != null) {
                failure.compareAndSet(null, trouble);
            }
            room.release();
        });
    }

    /** Waits for all calls; throws as {@link #submit} does. */
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
