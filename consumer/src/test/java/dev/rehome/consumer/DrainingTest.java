package dev.rehome.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.process.Loop;
import dev.rehome.common.queue.Lease;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DrainingTest {
    private final ActiveLeases leases = new ActiveLeases();
    private final ExecutorService workers = Executors.newSingleThreadExecutor();
    private final Loop heartbeat = new Loop("heartbeat", () -> Duration.ofDays(1), trouble -> {}).start();

    @Test
    void batchesAreGivenBackThoughTheConsumingLoopStandsAtASilentServer() throws InterruptedException {
        CountDownLatch standing = new CountDownLatch(1);
        CountDownLatch silence = new CountDownLatch(1);
        Loop consuming = new Loop("consuming", () -> stand(standing, silence), trouble -> {}).start();
        assertThat(standing.await(10, TimeUnit.SECONDS)).isTrue();
        ActiveLeases.Held held = leases.add(new Lease(new BatchId(new UUID(0, 1)), "me", 1));
        workers.execute(() -> {
            while (!held.isGivenUp()) {
                LockSupport.parkNanos(1_000_000);
            }
        });

        new Draining(consuming, heartbeat, leases, workers, new TestClock())
                .stopWithin(new StopBudget(Duration.ofSeconds(2)));

        assertThat(held.isGivenUp()).isTrue();
        assertThat(workers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(silence.getCount()).as("the server is silent still").isOne();
        silence.countDown();
        consuming.close();
    }

    private static Duration stand(CountDownLatch standing, CountDownLatch silence) {
        standing.countDown();
        try {
            silence.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
        return Duration.ZERO;
    }
}
