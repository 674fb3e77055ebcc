package dev.rehome.queue.redis;

import static dev.rehome.common.batch.TestBatches.batch;
import static dev.rehome.common.batch.TestBatches.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.batch.RowKey;
import dev.rehome.common.queue.BatchClaimer;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.BatchReaper;
import dev.rehome.common.queue.CompleteResult;
import dev.rehome.common.queue.CopiedBatch;
import dev.rehome.common.queue.Lease;
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

/** What somebody put into the queue by hand is set aside and stops nothing. */
@ExtendWith(RedisServers.class)
class StrangeContentsIT {
    private static final String NO_ID = "no batch id: a UUID was expected";

    private final String migration = UUID.randomUUID().toString();
    private final RedisKeys keys = new RedisKeys(migration);
    private final RawRedis raw;
    private final RedisBatchQueue queue;
    private final BatchPublisher producer;
    private final BatchClaimer consumer;
    private final BatchReaper reaper;

    StrangeContentsIT(RedisServer redis) {
        this.raw = new RawRedis(redis);
        this.queue = new RedisBatchQueue(RawRedis.settings(redis, Duration.ofMinutes(1)), migration);
        this.producer = queue.publisher("me");
        this.consumer = queue.claimer("c");
        this.reaper = queue.reaper();
    }

    @BeforeEach
    void oneBatch() {
        producer.lead();
        producer.beginPass(1);
        producer.publish(batch(1, 1), RowKey.of("1"), 1);
    }

    @AfterEach
    void close() {
        queue.close();
        raw.close();
    }

    /** The second is read as a UUID by Java, and written as another text. */
    @ParameterizedTest
    @ValueSource(strings = {"hello", "1-1-1-1-1", "", "0192F0C1-0000-7000-8000-000000000001"})
    void anIdThatIsNoneIsSetAsideByTheClaimAndTheNextOneIsHandedOut(String strange) {
        raw.client().rpush(keys.pending(), strange);
        assertThat(consumer.claim()).isEmpty();
        assertThat(refused()).isEqualTo(Map.of(strange, NO_ID));
        assertThat(raw.dump(migration)).doesNotContainKeys("dead", "leases");
        assertThat(consumer.claim()).map(claim -> claim.batch()).contains(batch(1, 1));
    }

    @Test
    void anIdThatIsNoneIsSetAsideEvenIfItHasABatch() {
        raw.client().rpush(keys.pending(), "hello");
        raw.client().sadd(keys.open(), "hello");
        raw.client().hset(keys.batch("hello"), Map.of("payload", "{}", "records", "1"));
        assertThat(consumer.claim()).isEmpty();
        assertThat(refused()).isEqualTo(Map.of("hello", NO_ID));
        assertThat(producer.depth().leased()).isZero();
        assertThat(producer.depth().open()).isEqualTo(1);
        assertThat(raw.client().hmget(keys.batch("hello"), "payload", "state", "last_error"))
                .as("for an operator to look at")
                .containsExactly("{}", "refused", NO_ID);
    }

    @Test
    void idsThatAreNoneAreSetAsideAmongTheCopiedAndTheDead() {
        queue.claimer("c").complete(consumer.claim().orElseThrow().lease());
        raw.client().lpush(keys.copied(), "hello");
        raw.client().lpush(keys.dead(), "you");
        raw.client().rpush(keys.dead(), id(7).toString());

        assertThat(producer.copied(9)).containsExactly(new CopiedBatch(id(1), 1));
        assertThat(reaper.dead(9)).containsExactly(id(7));
        assertThat(refused()).containsOnlyKeys("hello", "you");
        assertThat(raw.client().lrange(keys.copied(), 0, -1)).containsExactly(id(1).toString());
        assertThat(raw.client().lrange(keys.dead(), 0, -1)).containsExactly(id(7).toString());
    }

    @Test
    void aNumberOfRecordsThatIsNoneCountsAsLost() {
        consumer.complete(consumer.claim().orElseThrow().lease());
        raw.client().hset(keys.batch(id(1)), Map.of("records", "many"));
        assertThat(producer.copied(9)).containsExactly(new CopiedBatch(id(1), 0));
    }

    @Test
    void aPayloadThatNobodyCanReadIsSetAsideAndHoldsNoPassUp() {
        raw.client().hset(keys.batch(id(1)), Map.of("payload", "{\"v\":1,\"ru"));
        assertThat(consumer.claim()).isEmpty();
        assertThat(producer.depth().open()).isZero();
        assertThat(producer.depth().leased()).isZero();
        assertThat(refused()).containsOnlyKeys(id(1).toString());
        assertThat(refused().get(id(1).toString())).contains("unreadable payload");
    }

    @Test
    void aDeadLetterThatNobodyCanReadIsSetAside() {
        raw.client().hset(keys.batch(id(1)), Map.of("payload", "?"));
        raw.client().lmove(keys.pending(), keys.dead(), ListDirection.RIGHT, ListDirection.LEFT);
        assertThat(reaper.payload(id(1))).isEmpty();
        assertThat(reaper.dead(9)).isEmpty();
        assertThat(producer.depth().open()).isZero();
        assertThat(refused()).containsOnlyKeys(id(1).toString());
    }

    @Test
    void aBatchOfAnotherReleaseIsGivenBackAndEndsThisConsumer() {
        raw.client().hset(keys.batch(id(1)), Map.of("payload", "{\"v\":3}"));
        assertThatThrownBy(consumer::claim)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("run the same release everywhere");
        assertThat(producer.depth().pending()).isEqualTo(1);
        assertThat(raw.client().hget(keys.batch(id(1)), "attempts")).isEqualTo("0");
    }

    @Test
    void settingAsideTakesAnIdOutOfEveryPlace() {
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
    void aHolderOfWhatWasSetAsideCompletesNothing() {
        Lease lease = consumer.claim().orElseThrow().lease();
        raw.client().hset(keys.batch(id(1)), Map.of("payload", "?"));
        reaper.payload(id(1));
        assertThat(consumer.heartbeat(lease)).isFalse();
        assertThat(consumer.complete(lease)).isEqualTo(CompleteResult.LOST);
    }

    private Map<String, String> refused() {
        return raw.client().hgetAll(keys.refused());
    }
}
