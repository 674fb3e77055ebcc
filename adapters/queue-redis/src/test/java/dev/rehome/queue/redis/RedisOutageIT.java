package dev.rehome.queue.redis;

import static dev.rehome.common.batch.TestBatches.RUN;
import static dev.rehome.common.batch.TestBatches.batch;
import static dev.rehome.common.batch.TestBatches.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Eventually;
import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.BatchReaper.Recovered;
import dev.rehome.common.queue.CompleteResult;
import dev.rehome.common.queue.Lease;
import dev.rehome.common.queue.PublishResult;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A Redis that loses its scripts, freezes, dies, restarts or serves two migrations. */
@ExtendWith(RedisServers.class)
class RedisOutageIT {
    private final RedisServer redis;
    private final ThreeBatches batches;

    RedisOutageIT(RedisServer redis) {
        this.redis = redis;
        this.batches = new ThreeBatches(redis);
    }

    @AfterEach
    void close() {
        batches.close();
    }

    @Test
    void flushedScriptsAreSentAgain() throws Exception {
        Lease lease = flushed(() -> batches.claim().orElseThrow().lease());
        assertThat(flushed(() -> batches.consumer().heartbeat(lease))).isTrue();
        assertThat(flushed(() -> batches.consumer().complete(lease))).isEqualTo(CompleteResult.DONE);
        assertThat(flushed(() -> batches.publish(4))).isEqualTo(PublishResult.PUBLISHED);
        assertThat(flushed(() -> batches.queue.reaper().reconcile())).isZero();
        assertThat(flushed(() -> batches.producer.finish(id(1)))).isTrue();
    }

    private <T> T flushed(Callable<T> call) throws Exception {
        batches.raw.client().scriptFlush();
        return call.call();
    }

    @Test
    void leasesExpireOnTheirOwn() {
        batches.claim();
        Eventually.holds(
                "the lease expires", () -> batches.queue.reaper().recover().toPending() == 1);
        assertThat(batches.claim().orElseThrow().lease().batch()).isEqualTo(id(2));
    }

    @Test
    void recoveryWaitsForOneLeaseAfterAStart() {
        batches.claim();
        batches.raw.client().zadd(new RedisKeys(batches.migration).leases(), 1, id(1).toString());
        try (RedisBatchQueue longLease = RawRedis.queue(redis, batches.migration, Duration.ofDays(1))) {
            assertThat(longLease.reaper().recover()).isEqualTo(new Recovered(0, 0));
        }
        assertThat(batches.producer.depth().leased()).isEqualTo(1);
    }

    @Test
    void frozenRedisIsUnavailableWithinSecondsHoweverManyConnectionsAreIdle() throws Exception {
        Lease lease = batches.claim().orElseThrow().lease();
        assertThat(batches.consumer().heartbeat(lease)).isTrue();
        openManyConnections();
        redis.freeze();
        long start = System.nanoTime();
        try {
            CompletableFuture<Boolean> heartbeat =
                    CompletableFuture.supplyAsync(() -> batches.consumer().heartbeat(lease));
            assertThatThrownBy(batches::claim).isInstanceOf(Unavailable.class);
            assertThatThrownBy(heartbeat::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(Unavailable.class);
            // A call times out after 3 s; testing the eight idle connections first would take 24 s more.
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(24));
        } finally {
            redis.thaw();
        }
        Eventually.holds("Redis responds", () -> batches.producer.depth().open() == 3);
    }

    @Test
    void killedRedisKeepsItsBatchesAndTheirLeases() throws Exception {
        Lease lease = batches.claim().orElseThrow().lease();
        Map<String, Object> before = batches.dump();
        batches.raw.awaitWritten();
        redis.kill();
        try {
            assertThatThrownBy(() -> batches.publish(4)).isInstanceOf(Unavailable.class);
            assertThatThrownBy(batches::claim).isInstanceOf(Unavailable.class);
            assertThatThrownBy(() -> batches.consumer().heartbeat(lease)).isInstanceOf(Unavailable.class);
        } finally {
            redis.restart();
        }
        Eventually.holds("Redis responds", () -> batches.producer.depth().open() == 3);
        try (RawRedis fresh = new RawRedis(redis)) {
            assertThat(fresh.dump(batches.migration)).isEqualTo(before);
        }
        assertThat(batches.consumer().complete(lease)).isEqualTo(CompleteResult.DONE);
    }

    @Test
    void restartCostsOneFailedCallAtMost() throws Exception {
        openManyConnections();
        redis.restart();
        try {
            batches.producer.depth();
        } catch (Unavailable once) {
            assertThat(once).hasMessageContaining("Redis at 127.0.0.1:");
        }
        assertThatCode(() -> {
                    for (int call = 0; call < 10; call++) {
                        batches.producer.depth();
                    }
                })
                .doesNotThrowAnyException();
    }

    @Test
    void migrationsOfDifferentNamesDontTouchEachOther() {
        Map<String, Object> before = batches.dump();
        String other = batches.migration + "2";
        try (RedisBatchQueue second = RawRedis.queue(redis, other, Duration.ofMinutes(1))) {
            BatchPublisher publisher = second.publisher("other", run -> false);
            publisher.lead(RUN);
            publisher.beginPass(1);
            assertThat(second.claimer("c").claim(RUN)).isEmpty();
            publisher.publish(batch(1, 1), RowKey.of("1"), 1);
            Lease lease = second.claimer("c").claim(RUN).orElseThrow().lease();
            second.claimer("c").complete(lease);
            publisher.finish(id(1));
            second.reaper().reconcile();
            second.control().throttle("other", Duration.ofMinutes(1));
        }
        assertThat(batches.dump()).isEqualTo(before);
        assertThat(batches.raw.dump(other)).containsOnlyKeys("scan", "throttle");
    }

    private void openManyConnections() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        threads.invokeAll(Collections.nCopies(64, () -> batches.queue.reaper().reconcile()));
        threads.shutdown();
    }
}
