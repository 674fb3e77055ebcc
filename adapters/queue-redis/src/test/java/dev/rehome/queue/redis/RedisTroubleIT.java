package dev.rehome.queue.redis;

import static dev.rehome.common.batch.TestBatches.batch;
import static dev.rehome.common.batch.TestBatches.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.queue.BatchClaimer;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.BatchReaper.Recovered;
import dev.rehome.common.queue.CompleteResult;
import dev.rehome.common.queue.Lease;
import dev.rehome.common.queue.PublishResult;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A Redis that is full, forgetful, frozen or gone. */
@ExtendWith(RedisServers.class)
class RedisTroubleIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String migration = UUID.randomUUID().toString();
    private final RedisServer redis;
    private final RawRedis raw;
    private final RedisBatchQueue queue;
    private final BatchPublisher producer;
    private final BatchClaimer consumer;

    RedisTroubleIT(RedisServer redis) {
        this.redis = redis;
        this.raw = new RawRedis(redis);
        this.queue = new RedisBatchQueue(RawRedis.settings(redis, Duration.ofMillis(300)), migration);
        this.producer = queue.publisher("me");
        this.consumer = queue.claimer("c");
    }

    @BeforeEach
    void threeBatches() {
        producer.lead();
        producer.beginPass(1);
        IntStream.rangeClosed(1, 3).forEach(this::publish);
    }

    @AfterEach
    void close() {
        queue.close();
        raw.close();
    }

    private PublishResult publish(int number) {
        return producer.publish(batch(number, number), RowKey.of(Integer.toString(number)), 1);
    }

    @Test
    void aFullRedisRefusesNewWorkWholeAndLetsOldWorkEnd() throws Exception {
        raw.client().configSet("maxmemory", "1");
        try {
            Map<String, Object> before = raw.dump(migration);
            assertThatThrownBy(() -> publish(4)).isInstanceOf(Unavailable.class).hasMessageContaining("OOM");
            assertThatThrownBy(() -> producer.beginPass(2)).isInstanceOf(Unavailable.class);
            assertThat(raw.dump(migration)).isEqualTo(before);

            assertThat(producer.lead().pass()).isEqualTo(1);
            Lease first = consumer.claim().orElseThrow().lease();
            assertThat(consumer.heartbeat(first)).isTrue();
            assertThat(consumer.complete(first)).isEqualTo(CompleteResult.DONE);
            producer.requeue(id(1), "missing");
            assertThat(consumer.release(consumer.claim().orElseThrow().lease(), false))
                    .isTrue();
            consumer.claim();
            eventually(() -> queue.reaper().recover().toPending() == 1);
            queue.reaper().reconcile();
            for (int each = 1; each <= 3; each++) {
                assertThat(producer.finish(id(each))).isTrue();
            }
            assertThat(raw.dump(migration)).containsOnlyKeys("scan");
        } finally {
            raw.client().configSet("maxmemory", "0");
        }
        assertThat(publish(4)).isEqualTo(PublishResult.PUBLISHED);
    }

    @Test
    void aFullRedisLetsADeadLetterBeSplit() throws Exception {
        IntStream.rangeClosed(1, 9).forEach(i -> {
            consumer.claim();
            raw.client()
                    .zadd(
                            new RedisKeys(migration).leases(),
                            1,
                            id((i - 1) % 3 + 1).toString());
            queue.reaper().recover();
        });
        assertThat(queue.reaper().dead(9)).containsExactly(id(1), id(2), id(3));
        raw.client().configSet("maxmemory", "1");
        try {
            assertThat(queue.reaper().split(id(1), List.of(batch(5, 5), batch(6, 6))))
                    .isTrue();
            assertThat(producer.depth().pending()).isEqualTo(2);
        } finally {
            raw.client().configSet("maxmemory", "0");
        }
    }

    @Test
    void forgottenScriptsAreSentAgain() {
        Lease lease = forgetful(() -> consumer.claim().orElseThrow().lease());
        assertThat(forgetful(() -> consumer.heartbeat(lease))).isTrue();
        assertThat(forgetful(() -> consumer.complete(lease))).isEqualTo(CompleteResult.DONE);
        assertThat(forgetful(() -> publish(4))).isEqualTo(PublishResult.PUBLISHED);
        assertThat(forgetful(() -> queue.reaper().reconcile())).isZero();
        assertThat(forgetful(() -> producer.finish(id(1)))).isTrue();
    }

    private <T> T forgetful(Callable<T> call) {
        raw.client().scriptFlush();
        try {
            return call.call();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void leasesRunOutByThemselves() throws Exception {
        consumer.claim();
        eventually(() -> queue.reaper().recover().toPending() == 1);
        assertThat(consumer.claim().orElseThrow().lease().batch()).isEqualTo(id(2));
    }

    @Test
    void recoveryWaitsForOneLeaseAfterAStart() {
        consumer.claim();
        raw.client().zadd(new RedisKeys(migration).leases(), 1, id(1).toString());
        try (RedisBatchQueue patient = new RedisBatchQueue(RawRedis.settings(redis, Duration.ofDays(1)), migration)) {
            assertThat(patient.reaper().recover()).isEqualTo(new Recovered(0, 0));
        }
        assertThat(producer.depth().leased()).isEqualTo(1);
    }

    @Test
    void aFrozenRedisIsUnavailableWithinSecondsHoweverManyConnectionsLieIdle() throws Exception {
        Lease lease = consumer.claim().orElseThrow().lease();
        assertThat(consumer.heartbeat(lease)).isTrue();
        manyConnectionsLieIdle();
        redis.freeze();
        long start = System.nanoTime();
        try {
            CompletableFuture<Boolean> heartbeat = CompletableFuture.supplyAsync(() -> consumer.heartbeat(lease));
            assertThatThrownBy(consumer::claim).isInstanceOf(Unavailable.class);
            assertThatThrownBy(heartbeat::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(Unavailable.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
        } finally {
            redis.thaw();
        }
        eventually(() -> producer.depth().open() == 3);
    }

    @Test
    void aKilledRedisKeepsItsBatchesAndTheirLeases() throws Exception {
        Lease lease = consumer.claim().orElseThrow().lease();
        Map<String, Object> before = raw.dump(migration);
        redis.kill();
        try {
            assertThatThrownBy(() -> publish(4)).isInstanceOf(Unavailable.class);
            assertThatThrownBy(consumer::claim).isInstanceOf(Unavailable.class);
            assertThatThrownBy(() -> consumer.heartbeat(lease)).isInstanceOf(Unavailable.class);
        } finally {
            redis.restart();
        }
        eventually(() -> producer.depth().open() == 3);
        try (RawRedis fresh = new RawRedis(redis)) {
            assertThat(fresh.dump(migration)).isEqualTo(before);
        }
        assertThat(consumer.complete(lease)).isEqualTo(CompleteResult.DONE);
    }

    @Test
    void oneFailureIsAllThatARestartCosts() throws Exception {
        manyConnectionsLieIdle();
        redis.restart();
        try {
            producer.depth();
        } catch (Unavailable once) {
            assertThat(once).hasMessageContaining("Redis at 127.0.0.1:");
        }
        assertThatCode(() -> {
                    for (int call = 0; call < 10; call++) {
                        producer.depth();
                    }
                })
                .doesNotThrowAnyException();
    }

    @Test
    void twoMigrationsOnOneRedisDoNotTouchEachOther() {
        Map<String, Object> before = raw.dump(migration);
        String other = migration + "2";
        try (RedisBatchQueue second = new RedisBatchQueue(RawRedis.settings(redis, Duration.ofMinutes(1)), other)) {
            BatchPublisher publisher = second.publisher("other");
            publisher.lead();
            publisher.beginPass(1);
            assertThat(second.claimer("c").claim()).isEmpty();
            publisher.publish(batch(1, 1), RowKey.of("1"), 1);
            second.claimer("c")
                    .complete(second.claimer("c").claim().orElseThrow().lease());
            publisher.finish(id(1));
            second.reaper().reconcile();
            second.control().throttle("other", Duration.ofMinutes(1));
        }
        assertThat(raw.dump(migration)).isEqualTo(before);
        assertThat(raw.dump(other)).containsOnlyKeys("scan", "throttle");
    }

    private void manyConnectionsLieIdle() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        threads.invokeAll(Collections.nCopies(64, () -> queue.reaper().reconcile()));
        threads.shutdown();
    }

    private static void eventually(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (Unavailable notYet) {
                // Asked again below, as every caller does.
            }
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            Thread.sleep(20);
        }
    }
}
