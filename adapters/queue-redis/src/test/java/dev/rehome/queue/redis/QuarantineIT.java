package dev.rehome.queue.redis;

import static dev.rehome.common.batch.TestBatches.RUN;
import static dev.rehome.common.batch.TestBatches.batch;
import static dev.rehome.common.batch.TestBatches.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.batch.RowKey;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.queue.BatchClaimer;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.BatchReaper;
import dev.rehome.common.queue.CompleteResult;
import dev.rehome.common.queue.CopiedBatch;
import dev.rehome.common.queue.Lease;
import dev.rehome.common.queue.QueueSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.args.ListDirection;

/** Queue entries that nobody can process are quarantined and stop nothing. */
@ExtendWith(RedisServers.class)
class QuarantineIT {
    private static final String NO_ID = "expected a UUID";

    private final String migration = UUID.randomUUID().toString();
    private final RedisKeys keys = new RedisKeys(migration);
    private final RawRedis raw;
    private final RedisBatchQueue queue;
    private final BatchPublisher producer;
    private final BatchClaimer consumer;
    private final BatchReaper reaper;

    QuarantineIT(RedisServer redis) {
        this.raw = new RawRedis(redis);
        this.queue = RawRedis.queue(redis, migration, Duration.ofMinutes(1));
        this.producer = queue.publisher("me", run -> false);
        this.consumer = queue.claimer("c");
        this.reaper = new RedisBatchReaper(
                queue.shared(),
                keys,
                new QueueSettings(Duration.ofMinutes(1), 3, 4),
                new RedisRestartDetector(Duration.ZERO, MonotonicClock.system()));
    }

    @BeforeEach
    void oneBatch() {
        producer.lead(RUN);
        producer.beginPass(1);
        producer.publish(batch(1, 1), RowKey.of("1"), 1);
    }

    @AfterEach
    void close() {
        queue.close();
        raw.close();
    }

    /** Java reads the second one as a UUID, but writes it as another text. */
    @ParameterizedTest
    @ValueSource(strings = {"hello", "1-1-1-1-1", "", "0192F0C1-0000-7000-8000-000000000001"})
    void invalidIdIsQuarantinedAndTheNextBatchIsHandedOut(String strange) {
        raw.client().rpush(keys.pending(), strange);
        assertThat(consumer.claim(RUN)).isEmpty();
        assertThat(quarantined()).isEqualTo(Map.of(strange, NO_ID));
        assertThat(raw.dump(migration)).doesNotContainKeys("dead", "leases");
        assertThat(consumer.claim(RUN)).map(claim -> claim.batch()).contains(batch(1, 1));
    }

    @Test
    void invalidIdIsQuarantinedEvenWhenItHasABatch() {
        raw.client().rpush(keys.pending(), "hello");
        raw.client().sadd(keys.open(), "hello");
        raw.client().hset(keys.batch("hello"), Map.of("payload", "{}", "records", "1", "run", RUN.toString()));
        assertThat(consumer.claim(RUN)).isEmpty();
        assertThat(quarantined()).isEqualTo(Map.of("hello", NO_ID));
        assertThat(producer.depth().leased()).isZero();
        assertThat(producer.depth().open()).isEqualTo(1);
        assertThat(raw.client().hmget(keys.batch("hello"), "payload", "state", "last_error"))
                .as("for an operator to look at")
                .containsExactly("{}", "quarantined", NO_ID);
    }

    @Test
    void invalidIdsAmongCopiedAndDeadAreQuarantined() {
        queue.claimer("c").complete(consumer.claim(RUN).orElseThrow().lease());
        raw.client().lpush(keys.copied(), "hello");
        raw.client().lpush(keys.dead(), "you");
        raw.client().rpush(keys.dead(), id(7).toString());

        assertThat(producer.copied(9)).containsExactly(new CopiedBatch(id(1), 1));
        assertThat(reaper.dead(9)).containsExactly(id(7));
        assertThat(quarantined()).containsOnlyKeys("hello", "you");
        assertThat(raw.client().lrange(keys.copied(), 0, -1)).containsExactly(id(1).toString());
        assertThat(raw.client().lrange(keys.dead(), 0, -1)).containsExactly(id(7).toString());
    }

    @Test
    void invalidNumberOfRecordsCountsAsLost() {
        consumer.complete(consumer.claim(RUN).orElseThrow().lease());
        raw.client().hset(keys.batch(id(1)), Map.of("records", "many"));
        assertThat(producer.copied(9)).containsExactly(new CopiedBatch(id(1), 0));
    }

    @Test
    void undecodablePayloadIsQuarantinedAndNoLongerOpen() {
        raw.client().hset(keys.batch(id(1)), Map.of("payload", "{\"v\":3,\"ru"));
        assertThat(consumer.claim(RUN)).isEmpty();
        assertThat(producer.depth().open()).isZero();
        assertThat(producer.depth().leased()).isZero();
        assertThat(quarantined()).containsOnlyKeys(id(1).toString());
        assertThat(quarantined().get(id(1).toString())).contains("undecodable payload");
    }

    @Test
    void undecodableDeadLetterIsQuarantined() {
        raw.client().hset(keys.batch(id(1)), Map.of("payload", "?"));
        raw.client().lmove(keys.pending(), keys.dead(), ListDirection.RIGHT, ListDirection.LEFT);
        assertThat(reaper.payload(id(1))).isEmpty();
        assertThat(reaper.dead(9)).isEmpty();
        assertThat(producer.depth().open()).isZero();
        assertThat(quarantined()).containsOnlyKeys(id(1).toString());
    }

    @Test
    void batchOfAnotherReleaseIsReleasedAndFailsTheConsumer() {
        raw.client().hset(keys.batch(id(1)), Map.of("payload", "{\"v\":4}"));
        assertThatThrownBy(() -> consumer.claim(RUN))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("run the same release everywhere");
        assertThat(producer.depth().pending()).isEqualTo(1);
        assertThat(raw.client().hget(keys.batch(id(1)), "attempts")).isEqualTo("0");
    }

    @Test
    void quarantineRemovesAnIdFromEveryContainer() {
        for (String list : List.of(keys.pending(), keys.copied(), keys.dead())) {
            raw.client().rpush(list, "hello");
        }
        raw.client().zadd(keys.leases(), 1, "hello");
        raw.client().sadd(keys.open(), "hello");
        reaper.dead(9);
        assertThat(raw.dump(migration)).doesNotContainKeys("leases", "copied", "dead");
        assertThat(producer.depth().pending()).isEqualTo(1);
        assertThat(producer.depth().open()).isEqualTo(1);
    }

    @Test
    void quarantinedBatchIsLostToItsHolder() {
        Lease lease = consumer.claim(RUN).orElseThrow().lease();
        raw.client().hset(keys.batch(id(1)), Map.of("payload", "?"));
        reaper.payload(id(1));
        assertThat(consumer.heartbeat(lease)).isFalse();
        assertThat(consumer.complete(lease)).isEqualTo(CompleteResult.LOST);
    }

    @Test
    void batchKeyOfAnotherTypeStopsNeitherHeartbeatsNorRecovery() {
        producer.publish(batch(2, 2), RowKey.of("2"), 1);
        producer.publish(batch(3, 3), RowKey.of("3"), 1);
        Lease overwritten = consumer.claim(RUN).orElseThrow().lease();
        Lease sound = consumer.claim(RUN).orElseThrow().lease();
        for (int number : new int[] {1, 3}) {
            raw.client().del(keys.batch(id(number)));
            raw.client().set(keys.batch(id(number)), "overwritten");
        }
        assertThat(consumer.heartbeat(overwritten)).isFalse();
        assertThat(consumer.heartbeat(sound)).isTrue();
        assertThat(consumer.complete(overwritten)).isEqualTo(CompleteResult.LOST);
        assertThat(consumer.release(overwritten, true)).isFalse();
        assertThat(consumer.complete(sound)).isEqualTo(CompleteResult.DONE);
        assertThat(consumer.claim(RUN)).as("batch 3").isEmpty();

        raw.client().zadd(keys.leases(), Map.of(id(1).toString(), Double.MAX_VALUE));
        reaper.recover();
        raw.client().zadd(keys.leases(), Map.of(id(1).toString(), 1.0));
        reaper.recover();
        reaper.reconcile();
        assertThat(reaper.dead(9)).containsExactly(id(3));
        assertThat(reaper.payload(id(3))).isEmpty();
        raw.client().rpush(keys.copied(), id(3).toString());
        assertThat(producer.copied(9)).containsExactly(new CopiedBatch(id(2), 1), new CopiedBatch(id(3), 0));
        producer.requeue(id(3), "missing");
        producer.finish(id(2));
        producer.finish(id(3));
        reaper.reconcile();
        assertThat(raw.dump(migration)).containsOnlyKeys("scan");
    }

    private Map<String, String> quarantined() {
        return raw.client().hgetAll(keys.quarantine());
    }
}
