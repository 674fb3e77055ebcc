package dev.rehome.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BlockingThreadsTest {
    private static final int MOST = 100;

    private final ThreadPoolExecutor threads = BlockingThreads.atMost(MOST);
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void stop() {
        release.countDown();
        threads.shutdownNow();
    }

    /** A thread that has just finished its work may not be idle yet, so a few threads are started. */
    @Test
    void workInARowReusesThreads() throws Exception {
        for (int i = 0; i < MOST; i++) {
            threads.submit(() -> {}).get();
        }
        assertThat(threads.getLargestPoolSize()).isLessThan(MOST / 5);
    }

    @Test
    void workAtTheSameTimeHasThreadsOfItsOwnAndFurtherWorkWaits() throws Exception {
        CountDownLatch started = new CountDownLatch(MOST);
        List<Future<?>> work = new ArrayList<>();
        for (int i = 0; i < MOST + 5; i++) {
            work.add(threads.submit(() -> {
                started.countDown();
                release.await();
                return null;
            }));
        }
        started.await();
        assertThat(threads.getPoolSize()).isEqualTo(MOST);
        assertThat(threads.getQueue()).hasSize(5);
        release.countDown();
        for (Future<?> each : work) {
            each.get();
        }
    }

    @Test
    void workThatWaitsIsReturnedByAShutdownAndLaterWorkIsRejected() throws Exception {
        ThreadPoolExecutor one = BlockingThreads.atMost(1);
        CountDownLatch started = new CountDownLatch(1);
        one.execute(() -> {
            started.countDown();
            try {
                release.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        started.await();
        Runnable waiting = () -> {};
        one.execute(waiting);
        assertThat(one.shutdownNow()).containsExactly(waiting);
        assertThatThrownBy(() -> one.execute(waiting)).isInstanceOf(RejectedExecutionException.class);
    }
}
