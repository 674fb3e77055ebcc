package dev.rehome.queue.redis;

import static dev.rehome.common.batch.TestBatches.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.RowKey;
import dev.rehome.common.queue.BatchReaper;
import dev.rehome.common.queue.BatchReaper.Recovered;
import dev.rehome.common.queue.CompleteResult;
import dev.rehome.common.queue.Lease;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Work that holds every connection can't starve the proof of life: a heartbeat has a connection of its own. */
@ExtendWith(RedisServers.class)
class HeldConnectionsIT {
    private static final Duration LEASE = Duration.ofSeconds(1);

    @Test
    void leaseIsKeptWhileEveryOtherConnectionIsHeld(RedisServer redis) throws InterruptedException {
        String migration = UUID.randomUUID().toString();
        RedisKeys keys = new RedisKeys(migration);
        RedisSettings settings = RawRedis.settings(redis, LEASE);
        try (RedisBatchQueue queue = new RedisBatchQueue(settings, migration);
                RedisConnection shared = new RedisConnection(settings, 1);
                RedisConnection own = new RedisConnection(settings, 1);
                RedisConnection recovering = new RedisConnection(settings, 1)) {
            queue.publisher("p").lead();
            queue.publisher("p").beginPass(1);
            queue.publisher("p").publish(batch(1, 1), RowKey.of("1"), 1);
            RedisBatchClaimer claimer = new RedisBatchClaimer(shared, own, keys, "c", settings);
            BatchReaper reaper =
                    new RedisBatchReaper(recovering, keys, LEASE, 3, Duration.ZERO, InstantSource.system());
            Lease lease = claimer.claim().orElseThrow().lease();
            Thread holder = new Thread(() -> shared.call(r -> r.blpop(2.9, keys.batch("nothing"))));
            holder.start();
            Instant end = Instant.now().plus(LEASE.plusMillis(500));
            while (Instant.now().isBefore(end)) {
                assertThat(claimer.heartbeat(lease)).isTrue();
                assertThat(reaper.recover()).isEqualTo(new Recovered(0, 0));
                TimeUnit.MILLISECONDS.sleep(LEASE.toMillis() / 10);
            }
            assertThat(holder.isAlive())
                    .as("the connection was held all the time")
                    .isTrue();
            holder.join();
            assertThat(claimer.complete(lease)).isEqualTo(CompleteResult.DONE);
        }
    }
}
