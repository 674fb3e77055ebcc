package dev.rehome.queue.redis;

import static dev.rehome.common.batch.TestBatches.RUN;
import static dev.rehome.common.batch.TestBatches.batch;
import static dev.rehome.common.batch.TestBatches.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.queue.BatchClaimer;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.BatchReaper;
import dev.rehome.common.queue.FleetCopies;
import dev.rehome.common.queue.Lease;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The exact contents of every key after each script: other releases and operators read them. */
@ExtendWith(RedisServers.class)
class RedisScriptsIT {
    private static final Map<String, String> LED = Map.of(
            "leader",
            "me",
            "run",
            RUN.toString(),
            "settings",
            "{\"DATABASE_HOST\":\"db\"}",
            "lease",
            "0",
            "max_attempts",
            "3");
    private static final Map<String, String> SCAN =
            with(LED, Map.of("pass", "1", "published", "1", "records", "1", "position", "[\"1\"]"));

    private final String migration = UUID.randomUUID().toString();
    private final RedisKeys keys = new RedisKeys(migration);
    private RawRedis raw;
    private RedisBatchQueue queue;
    private BatchPublisher producer;
    private BatchClaimer consumer;
    private BatchReaper reaper;

    @BeforeEach
    void open(RedisServer redis) {
        raw = new RawRedis(redis);
        queue = RawRedis.queue(redis, migration, Duration.ZERO);
        producer = queue.publisher("me", run -> false);
        consumer = queue.claimer("c");
        reaper = queue.reaper();
    }

    @AfterEach
    void close() {
        queue.close();
        raw.close();
    }

    @Test
    void leadAndBeginPass() {
        holds(Map.of());
        producer.lead(RUN);
        holds(Map.of("scan", LED));
        producer.beginPass(1);
        holds(Map.of("scan", with(LED, Map.of("pass", "1", "published", "0"))));
        publish(1);
        producer.beginPass(2);
        assertThat(raw.dump(migration).get("scan"))
                .isEqualTo(with(LED, Map.of("pass", "2", "published", "0", "records", "1")));
    }

    @Test
    void countsOfAFutureThatTheClockWasSetBackFromAreDropped() {
        raw.client().hset(keys.fleet(), "all:99999999999", "1000");
        assertThat(queue.fleet().lastMinute()).isEqualTo(FleetCopies.Tries.NONE);
        assertThat(raw.client().exists(keys.fleet())).isFalse();
    }

    @Test
    void enqueueClaimHeartbeatComplete() {
        published();
        holds(with(1, Map.of("state", "pending"), "pending"));

        Lease lease = consumer.claim(RUN).orElseThrow().lease();
        Map<String, String> leased = claimed("leased", 1, 1);
        holds(with(1, leased, "leases"));

        consumer.heartbeat(lease);
        holds(with(1, leased, "leases"));

        consumer.complete(lease);
        holds(with(1, claimed("copied", 1, 1), "copied"));

        producer.requeue(id(1), "2 missing");
        holds(with(1, with(claimed("pending", 1, 1), Map.of("last_error", "2 missing")), "pending"));

        producer.finish(id(1));
        holds(Map.of("scan", SCAN));
    }

    @Test
    void release() {
        published();
        consumer.release(consumer.claim(RUN).orElseThrow().lease(), false);
        holds(with(1, claimed("pending", 1, 0), "pending"));
        consumer.release(consumer.claim(RUN).orElseThrow().lease(), true);
        holds(with(1, claimed("pending", 2, 1), "pending"));
    }

    @Test
    void recoverAndSplit() {
        published();
        consumer.claim(RUN);
        recover();
        holds(with(1, claimed("pending", 1, 1), "pending"));
        consumer.claim(RUN);
        recover();
        consumer.claim(RUN);
        recover();
        holds(with(1, claimed("dead", 3, 3), "dead"));

        reaper.split(id(1), List.of(batch(2, 2)));
        holds(with(2, Map.of("state", "pending"), "pending"));
    }

    @Test
    void reconcile() {
        published();
        consumer.claim(RUN);
        raw.client().del(keys.leases());
        reaper.reconcile();
        holds(with(1, claimed("pending", 1, 1), "pending"));
        raw.client().del(keys.pending());
        raw.client().hdel(keys.batch(id(1)), "payload");
        reaper.reconcile();
        holds(Map.of("scan", SCAN));
    }

    @Test
    void recoverHandlesABatchWithoutItsCounter() {
        published();
        consumer.claim(RUN);
        raw.client().hdel(keys.batch(id(1)), "attempts");
        recover();
        assertThat(producer.depth().pending()).isEqualTo(1);
    }

    @Test
    void leaseLastsAsLongAsTheLeadersSettingSays(RedisServer redis) {
        try (RedisBatchQueue minute = RawRedis.queue(redis, migration, Duration.ofMinutes(1))) {
            minute.publisher("me", run -> false).lead(RUN);
            producer.beginPass(1);
            publish(1);
            Lease lease = consumer.claim(RUN).orElseThrow().lease();
            double claimed = expiry();
            double now = System.currentTimeMillis();
            assertThat(claimed).isBetween(now + 50_000, now + 61_000);
            raw.client().zadd(keys.leases(), 1, id(1).toString());
            consumer.heartbeat(lease);
            assertThat(expiry()).isGreaterThanOrEqualTo(claimed);
        }
    }

    private double expiry() {
        return raw.client().zscore(keys.leases(), id(1).toString());
    }

    /** The fields of a batch that consumer {@code c} claimed with a lease of no length. */
    private static Map<String, String> claimed(String state, int epoch, int attempts) {
        return Map.of(
                "state",
                state,
                "owner",
                "c",
                "lease",
                "0",
                "epoch",
                Integer.toString(epoch),
                "attempts",
                Integer.toString(attempts));
    }

    private static Map<String, String> with(Map<String, String> fields, Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(fields);
        all.putAll(more);
        return all;
    }

    private void published() {
        producer.lead(RUN);
        producer.beginPass(1);
        publish(1);
    }

    private void publish(int number) {
        Batch batch = batch(number, number);
        producer.publish(batch, RowKey.of(Integer.toString(number)), 1);
    }

    private void recover() {
        raw.client().zadd(keys.leases(), 1, id(1).toString());
        reaper.recover();
    }

    private void holds(Map<String, ?> contents) {
        assertThat(raw.dump(migration)).isEqualTo(contents);
    }

    /** The contents with one batch: the fields that differ from a new one's, and its container. */
    private static Map<String, Object> with(int number, Map<String, String> fields, String container) {
        String id = id(number).toString();
        String key = "[\"" + number + "\"]";
        Map<String, String> batch =
                new TreeMap<>(Map.of("epoch", "0", "attempts", "0", "records", "1", "run", RUN.toString()));
        batch.put(
                "payload",
                "{\"v\":3,\"run\":\"" + RUN + "\",\"records\":[[" + key + ",\"legacy/" + number + ".png\"]]}");
        batch.put("first_key", key);
        batch.put("last_key", key);
        batch.putAll(fields);
        return Map.of("scan", SCAN, "open", List.of(id), container, List.of(id), "batch:" + id, batch);
    }
}
