package dev.rehome.queue.redis;

import static dev.rehome.common.batch.TestBatches.RUN;
import static dev.rehome.common.batch.TestBatches.batch;

import dev.rehome.common.batch.RowKey;
import dev.rehome.common.queue.BatchClaimer;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.Claim;
import dev.rehome.common.queue.PublishResult;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** A queue with a leading producer, the batches 1 to 3 and leases of 300 ms. */
final class ThreeBatches implements AutoCloseable {
    final String migration = UUID.randomUUID().toString();
    final RawRedis raw;
    final RedisBatchQueue queue;
    final BatchPublisher producer;
    private final BatchClaimer consumer;

    ThreeBatches(RedisServer redis) {
        this.raw = new RawRedis(redis);
        this.queue = RawRedis.queue(redis, migration, Duration.ofMillis(300));
        this.producer = queue.publisher("me", run -> false);
        this.consumer = queue.claimer("c");
        producer.lead(RUN);
        producer.beginPass(1);
        IntStream.rangeClosed(1, 3).forEach(this::publish);
    }

    PublishResult publish(int number) {
        return producer.publish(batch(number, number), RowKey.of(Integer.toString(number)), 1);
    }

    BatchClaimer consumer() {
        return consumer;
    }

    Optional<Claim> claim() {
        return consumer.claim(RUN);
    }

    Map<String, Object> dump() {
        return raw.dump(migration);
    }

    @Override
    public void close() {
        queue.close();
        raw.close();
    }
}
