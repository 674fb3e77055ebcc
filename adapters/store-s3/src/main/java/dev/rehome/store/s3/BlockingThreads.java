package dev.rehome.store.s3;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The pool for blocking work. It starts a thread only if none is idle; a {@link ThreadPoolExecutor} with an ordinary queue
 * would start one for each of the first tasks. When all threads are busy, work waits for one of them.
 */
final class BlockingThreads {
    private static final int KEPT_SECONDS = 10;

    /** Accepts work at once only if an idle thread takes it. */
    private static final class WaitingWork extends LinkedTransferQueue<Runnable> {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean offer(Runnable work) {
            return tryTransfer(work);
        }
    }

    private BlockingThreads() {}

    /** A pool of at most this many threads, of which one stays when there is no work. */
    static ThreadPoolExecutor atMost(int threads) {
        WaitingWork waiting = new WaitingWork();
        return new ThreadPoolExecutor(
                1,
                threads,
                KEPT_SECONDS,
                TimeUnit.SECONDS,
                waiting,
                new DefaultThreadFactory("s3-blocking", true),
                (work, pool) -> {
                    waiting.put(work);
                    if (pool.isShutdown() && pool.remove(work)) {
                        throw new RejectedExecutionException("the pool is shut down");
                    }
                });
    }
}
