package dev.rehome.emulation.benchmark;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.process.ProgressLine;
import dev.rehome.common.queue.BatchClaimer;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.Claim;
import dev.rehome.common.queue.CompleteResult;
import dev.rehome.common.queue.CopiedBatch;
import dev.rehome.common.queue.PublishResult;
import dev.rehome.common.queue.QueueSettings;
import dev.rehome.common.settings.MigrationIdentity;
import dev.rehome.common.settings.Secret;
import dev.rehome.emulation.process.Await;
import dev.rehome.queue.redis.RedisBatchQueue;
import dev.rehome.queue.redis.RedisSettings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Fills and empties a queue without a database, an object store, a producer or a consumer. */
@Command(name = "queue", description = "Pushes sample batches to a queue in Redis, or drains, shows or flushes it.")
public final class QueueCommand {
    private static final RunId RUN = new RunId(1, new UUID(0, 1));
    private static final QueueSettings RULES = new QueueSettings(Duration.ofSeconds(60), 5, 1_000_000);
    private static final int FINISHED_AT_ONCE = 100;

    private final ProgressLine screen = ProgressLine.onStandardOutput();

    /** The options that select the queue. */
    static final class Place {
        @Option(names = "--host", paramLabel = "NAME", description = "Host of Redis (${DEFAULT-VALUE}).")
        private String host = "127.0.0.1";

        @Option(names = "--port", paramLabel = "N", description = "Port of Redis (${DEFAULT-VALUE}).")
        private int port = 6379;

        @Option(names = "--name", paramLabel = "NAME", description = "Name of the migration (${DEFAULT-VALUE}).")
        private String name = "emulation";

        RedisBatchQueue open() {
            return new RedisBatchQueue(
                    new RedisSettings(host, port, "", Secret.NONE, false, Optional.empty()),
                    RULES,
                    new MigrationIdentity(name, new TreeMap<>()));
        }
    }

    @Command(description = "Pushes batches; refuses a queue that belongs to a real migration.")
    int push(
            @Mixin Place place,
            @Option(
                            names = "--batches",
                            paramLabel = "N",
                            description = "How many (${DEFAULT-VALUE}).",
                            defaultValue = "1000")
                    int batches,
            @Option(
                            names = "--records",
                            paramLabel = "N",
                            description = "Records of each (${DEFAULT-VALUE}).",
                            defaultValue = "500")
                    int records) {
        try (RedisBatchQueue queue = place.open()) {
            BatchPublisher publisher = queue.publisher("emulation", run -> true);
            publisher.lead(RUN);
            if (!publisher.beginPass(1)) {
                throw new IllegalStateException("Another producer leads this queue: stop it, or choose another --name");
            }
            SampleBatches samples = new SampleBatches(RUN, new SplittableRandom());
            Progress progress = new Progress("pushed", batches);
            for (int i = 0; i < batches; i++) {
                Batch batch = samples.next(records);
                Await.until("the queue has room for a batch", Await.STEP, () -> publish(publisher, batch));
                progress.add(batch);
            }
            progress.end();
            return 0;
        }
    }

    private static boolean publish(BatchPublisher publisher, Batch batch) {
        PublishResult result = publisher.publish(batch, batch.lastKey(), 1);
        if (result == PublishResult.FENCED) {
            throw new IllegalStateException(
                    "Another producer has taken over this queue, or Redis lost its data: repeat the command");
        }
        return result != PublishResult.FULL;
    }

    @Command(description = "Claims, completes and finishes batches until none is pending.")
    int drain(@Mixin Place place) {
        try (RedisBatchQueue queue = place.open()) {
            BatchPublisher publisher = queue.publisher("emulation", run -> true);
            publisher.lead(RUN);
            BatchClaimer claimer = queue.claimer("emulation");
            Progress progress = new Progress("drained", publisher.depth().pending());
            for (Optional<Claim> claim = claimer.claim(RUN); claim.isPresent(); claim = claimer.claim(RUN)) {
                if (claimer.complete(claim.get().lease()) == CompleteResult.LOST) {
                    throw new IllegalStateException("The lease of batch "
                            + claim.get().lease().batch() + " was lost: another process drains this queue, too");
                }
                progress.add(claim.get().batch());
                if (progress.batches % FINISHED_AT_ONCE == 0) {
                    finish(publisher);
                }
            }
            finish(publisher);
            progress.end();
            return 0;
        }
    }

    private static void finish(BatchPublisher publisher) {
        List<CopiedBatch> copied = publisher.copied(FINISHED_AT_ONCE);
        while (!copied.isEmpty()) {
            copied.forEach(batch -> publisher.finish(batch.id()));
            copied = publisher.copied(FINISHED_AT_ONCE);
        }
    }

    @Command(description = "Shows how many batches are in each container.")
    int show(@Mixin Place place) {
        try (RedisBatchQueue queue = place.open()) {
            screen.line(queue.publisher("emulation", run -> true).depth().toString());
            return 0;
        }
    }

    @Command(
            description =
                    "Deletes all keys of the queue, even of a real migration, whose producer then publishes its work again.")
    int flush(@Mixin Place place) {
        try (RedisClient redis = RedisClient.create(place.host, place.port)) {
            ScanParams pattern =
                    new ScanParams().match("rehome:{" + place.name + "}:*").count(1_000);
            String cursor = ScanParams.SCAN_POINTER_START;
            long deleted = 0;
            do {
                ScanResult<String> page = redis.scan(cursor, pattern);
                for (String key : page.getResult()) {
                    deleted += redis.unlink(key);
                }
                cursor = page.getCursor();
            } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
            screen.line(String.format(Locale.ROOT, "Deleted %,d keys", deleted));
            return 0;
        }
    }

    /** Counts batches and records, and shows the progress. */
    private final class Progress {
        private final String verb;
        private final long all;
        private final long started = System.nanoTime();
        private long batches;
        private long records;

        Progress(String verb, long all) {
            this.verb = verb;
            this.all = all;
            screen.begin("Batches " + verb, all);
        }

        void add(Batch batch) {
            batches++;
            records += batch.size();
            if (batches % FINISHED_AT_ONCE == 0) {
                screen.done(batches, "batches");
            }
        }

        void end() {
            double seconds = (System.nanoTime() - started) / 1e9;
            screen.line(String.format(
                    Locale.ROOT,
                    "%,d of %,d batches %s, %,.0f records/s",
                    batches,
                    all,
                    verb,
                    (double) records / seconds));
        }
    }
}
