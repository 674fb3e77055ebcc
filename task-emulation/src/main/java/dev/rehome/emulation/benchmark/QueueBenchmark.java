package dev.rehome.emulation.benchmark;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.queue.BatchClaimer;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.BatchReaper;
import dev.rehome.common.queue.Claim;
import dev.rehome.common.queue.CopiedBatch;
import dev.rehome.common.queue.PublishResult;
import dev.rehome.common.queue.QueueSettings;
import dev.rehome.common.settings.MigrationIdentity;
import dev.rehome.common.settings.Secret;
import dev.rehome.emulation.process.Await;
import dev.rehome.queue.redis.RedisBatchQueue;
import dev.rehome.queue.redis.RedisSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** The queue's calls, one after the other on one connection: with few batches waiting and with many. */
final class QueueBenchmark {
    static final String PART = "queue";

    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final int MOST_OPEN = 200_000;
    private static final int CALLS = 2_000;
    private static final int MANY = 100_000;

    private final RedisBatchQueue queue;
    private final BatchPublisher publisher;
    private final BatchClaimer claimer;
    private final Measurements measurements;
    private final RunId run = new RunId(1, new UUID(0, 1));
    private final SampleBatches samples = new SampleBatches(run, new SplittableRandom(1));

    /** {@code port} and {@code pid}: those of an empty Redis server. */
    QueueBenchmark(int port, long pid) {
        this.queue = new RedisBatchQueue(
                new RedisSettings("127.0.0.1", port, "", Secret.NONE, false, Optional.empty()),
                new QueueSettings(LEASE, 100, MOST_OPEN),
                new MigrationIdentity("bench", new TreeMap<>()));
        this.publisher = queue.publisher("bench", run -> true);
        this.claimer = queue.claimer("bench");
        this.measurements = new Measurements("Redis", pid);
    }

    /** Measures batches of 500 records and of one, then batches of one while a hundred thousand others are pending. */
    void run(int repeats, Report report) {
        try (queue) {
            publisher.lead(run);
            if (!publisher.beginPass(1)) {
                throw new IllegalStateException("another producer leads on a new queue");
            }
            cycles("500 records a batch", 500, repeats);
            cycles("1 record a batch", 1, repeats);
            publish(batches(MANY, 1));
            cycles("1 record a batch, 100,000 waiting", 1, repeats);
        }
        measurements.addTo(report, PART);
    }

    private void cycles(String subject, int records, int repeats) {
        for (int i = 0; i <= repeats; i++) {
            boolean counts = i > 0;
            List<Batch> batches = batches(CALLS, records);
            measurements.measure(subject, "published", CALLS, counts, () -> publish(batches));
            List<Claim> claims = new ArrayList<>();
            measurements.measure(subject, "claimed", CALLS, counts, () -> claim(claims));
            measurements.measure(
                    subject,
                    "completed",
                    CALLS,
                    counts,
                    () -> claims.forEach(claim -> claimer.complete(claim.lease())));
            measurements.measure(subject, "finished", CALLS, counts, this::finish);
        }
        recover(subject, records, repeats);
    }

    /** Lets leases expire and requeues their batches; then drains the queue. */
    private void recover(String subject, int records, int repeats) {
        BatchReaper reaper = queue.reaper();
        for (int i = 0; i <= repeats; i++) {
            publish(batches(CALLS, records));
            claim(new ArrayList<>());
            int[] recovered = {0};
            long[] nanos = {0};
            Await.until("the leases expire", Await.STEP, () -> {
                long start = System.nanoTime();
                int more = reaper.recover().toPending();
                recovered[0] += more;
                nanos[0] += more == 0 ? 0 : System.nanoTime() - start;
                return recovered[0] >= CALLS;
            });
            if (i > 0) {
                measurements.add(subject, "recovered/s", recovered[0] * 1e9 / nanos[0]);
            }
            List<Claim> claims = new ArrayList<>();
            claim(claims);
            claims.forEach(claim -> claimer.complete(claim.lease()));
            finish();
        }
    }

    private void publish(List<Batch> batches) {
        for (Batch batch : batches) {
            PublishResult result = publisher.publish(batch, batch.lastKey(), 1);
            if (result != PublishResult.PUBLISHED) {
                throw new IllegalStateException("publishing failed: " + result);
            }
        }
    }

    private void claim(List<Claim> claims) {
        for (int i = 0; i < CALLS; i++) {
            claims.add(claimer.claim(run).orElseThrow());
        }
    }

    private void finish() {
        for (CopiedBatch batch : publisher.copied(CALLS)) {
            publisher.finish(batch.id());
        }
    }

    private List<Batch> batches(int count, int records) {
        return Stream.generate(() -> samples.next(records)).limit(count).toList();
    }
}
