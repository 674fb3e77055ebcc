package dev.rehome.queue.redis;

import static dev.rehome.common.batch.TestBatches.RUN;
import static dev.rehome.common.batch.TestBatches.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.Eventually;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.queue.BatchClaimer;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.CompleteResult;
import dev.rehome.common.queue.Lease;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Heartbeats have a connection of their own. */
@ExtendWith(RedisServers.class)
class HeartbeatConnectionIT {
    /** Less than the time limit of a call. */
    private static final double BLOCKED_SECONDS = 2.5;

    @Test
    void heartbeatsDontWaitForTheSharedConnections(RedisServer redis) {
        String migration = UUID.randomUUID().toString();
        RedisKeys keys = new RedisKeys(migration);
        try (RedisBatchQueue queue = RawRedis.queue(redis, migration, Duration.ofSeconds(60));
                RawRedis raw = new RawRedis(redis)) {
            BatchPublisher producer = queue.publisher("p", run -> false);
            producer.lead(RUN);
            producer.beginPass(1);
            producer.publish(batch(1, 1), RowKey.of("1"), 1);
            BatchClaimer consumer = queue.claimer("c");
            Lease lease = consumer.claim(RUN).orElseThrow().lease();
            // On a slow machine the first connection may be free again before the last one is occupied.
            Eventually.holds("a heartbeat succeeds while every shared connection is occupied", () -> {
                List<Thread> holders = IntStream.range(0, RedisBatchQueue.SHARED_CONNECTIONS)
                        .mapToObj(i -> new Thread(
                                () -> queue.shared().call(r -> r.blpop(BLOCKED_SECONDS, keys.batch("nothing")))))
                        .toList();
                holders.forEach(Thread::start);
                Eventually.holds(
                        "every shared connection is occupied, or too late",
                        () -> blocked(raw) == holders.size() || holders.stream().noneMatch(Thread::isAlive));
                assertThat(consumer.heartbeat(lease)).isTrue();
                boolean isOccupied = blocked(raw) == holders.size();
                for (Thread holder : holders) {
                    holder.join();
                }
                return isOccupied;
            });
            assertThat(consumer.complete(lease)).isEqualTo(CompleteResult.DONE);
        }
    }

    private static int blocked(RawRedis raw) {
        return raw.client()
                .info("clients")
                .lines()
                .filter(line -> line.startsWith("blocked_clients:"))
                .mapToInt(line -> Integer.parseInt(line.substring(16).trim()))
                .findFirst()
                .orElseThrow();
    }
}
