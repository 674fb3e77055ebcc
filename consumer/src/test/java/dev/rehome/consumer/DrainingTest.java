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

@Timeout(120)
class DrainingTest {
    private final ActiveLeases leases = new ActiveLeases(new TestClock());
    private final ExecutorService workers = Executors.newSingleThreadExecutor();
    private final Loop heartbeat = new Loop("heartbeat", () -> Duration.ofDays(1), trouble -> {}).start();

    @Test
    void batchesAreReleasedWhileTheClaimWaitsForAnUnresponsiveServer() throws InterruptedException {
        CountDownLatch claiming = new CountDownLatch(1);
        CountDownLatch response = new CountDownLatch(1);
        Loop consuming = new Loop("consuming", () -> claim(claiming, response), trouble -> {}).start();
        assertThat(claiming.await(60, TimeUnit.SECONDS)).isTrue();
        ActiveLease lease = leases.add(new Lease(new BatchId(new UUID(0, 1)), "me", 1), Duration.ZERO);
        workers.execute(() -> {
            while (!lease.isCancelled()) {
                LockSupport.parkNanos(1_000_000);
            }
        });

        new Draining(consuming, heartbeat, leases, workers).stopWithin(new ShutdownTimeouts(Duration.ofSeconds(2)));

        assertThat(lease.isCancelled()).isTrue();
        assertThat(workers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(response.getCount()).as("the server has not responded").isOne();
        response.countDown();
        consuming.close();
    }

    private static Duration claim(CountDownLatch claiming, CountDownLatch response) {
        claiming.countDown();
        try {
            response.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
        return Duration.ZERO;
    }
}
