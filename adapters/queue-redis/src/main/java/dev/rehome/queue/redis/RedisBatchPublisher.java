package dev.rehome.queue.redis;

import dev.rehome.common.Rejected;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchCodec;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.CopiedBatch;
import dev.rehome.common.queue.PublishResult;
import dev.rehome.common.queue.QueueDepth;
import dev.rehome.common.queue.QueueSettings;
import dev.rehome.common.queue.RecordCounts;
import dev.rehome.common.queue.ScanState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The producer's view of the queue. */
final class RedisBatchPublisher implements BatchPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(RedisBatchPublisher.class);
    /** How many copied batches are counted one by one; more than that are extrapolated, to keep the script short. */
    private static final int RECORDS_READ = 2_000;

    private final RedisConnection redis;
    private final RedisKeys keys;
    private final Quarantine quarantine;
    private final String leader;
    private final QueueOwner owner;
    private final Predicate<RunId> isOurs;
    private final QueueSettings settings;
    /** The run that this producer has led; null before. */
    private volatile RunId led;

    RedisBatchPublisher(
            RedisConnection redis,
            RedisKeys keys,
            String leader,
            QueueOwner owner,
            Predicate<RunId> isOurs,
            QueueSettings settings) {
        this.redis = redis;
        this.keys = keys;
        this.quarantine = new Quarantine(redis, keys);
        this.leader = leader;
        this.owner = owner;
        this.isOurs = isOurs;
        this.settings = settings;
    }

    @Override
    public ScanState lead(RunId run) {
        List<?> reply = (List<?>) redis.eval(
                RedisScript.LEAD,
                keys,
                leader,
                run.toString(),
                owner.settings(),
                Long.toString(settings.lease().toMillis()),
                Integer.toString(settings.maxAttempts()),
                led == null ? ourEarlierRun() : "");
        if (reply.get(0).equals("other")) {
            throw new Rejected(refusal((String) reply.get(1), (String) reply.get(2)));
        }
        if ((Long) reply.get(4) > 0) {
            LOG.warn("Dropped {} batches of another run from the queue; the scan finds their records", reply.get(4));
        }
        led = run;
        String position = (String) reply.get(2);
        return new ScanState(
                Long.parseLong((String) reply.get(1)),
                position.isEmpty() ? Optional.empty() : Optional.of(BatchCodec.decodeKey(position)),
                Long.parseLong((String) reply.get(3)));
    }

    private String refusal(String run, String theirs) {
        return owner.isOurs(theirs)
                ? "Run " + run + " took over the queue '" + owner.ours().name() + "' while this producer was leading"
                        + " run " + led + ": two databases share one DATABASE_HOST and one MIGRATION_NAME, or Redis was"
                        + " restored from an old backup. In the first case, give each its own MIGRATION_NAME; in the"
                        + " second, start this producer again"
                : owner.refusal(run, theirs);
    }

    @Override
    public Optional<String> refusal() {
        List<String> holder = holder();
        return holder.get(0) == null || isOurs(holder)
                ? Optional.empty()
                : Optional.of(owner.refusal(holder.get(0), Objects.requireNonNullElse(holder.get(1), "{}")));
    }

    /** The run that holds the queue if it is this migration's; empty if there is none. */
    private String ourEarlierRun() {
        List<String> holder = holder();
        return holder.get(0) != null && isOurs(holder) ? holder.get(0) : "";
    }

    private List<String> holder() {
        return redis.call(r -> r.hmget(keys.scan(), "run", "settings"));
    }

    private boolean isOurs(List<String> holder) {
        try {
            return owner.isOurs(holder.get(1)) || isOurs.test(RunId.parse(holder.get(0)));
        } catch (IllegalArgumentException damaged) {
            return false;
        }
    }

    @Override
    public boolean beginPass(long pass) {
        return redis.confirm(RedisScript.BEGIN_PASS, keys, leader, Long.toString(pass));
    }

    @Override
    public PublishResult publish(Batch batch, RowKey position, long pass) {
        Object reply = redis.eval(
                RedisScript.ENQUEUE,
                keys,
                leader,
                batch.run().toString(),
                Long.toString(pass),
                Integer.toString(settings.maxOpen()),
                BatchCodec.encodeKey(position),
                batch.id().toString(),
                BatchCodec.encode(batch),
                Integer.toString(batch.size()),
                BatchCodec.encodeKey(batch.firstKey()),
                BatchCodec.encodeKey(batch.lastKey()));
        return PublishResult.valueOf(((String) reply).toUpperCase(Locale.ROOT));
    }

    @Override
    public List<CopiedBatch> copied(int limit) {
        RunId run = led;
        if (run == null) {
            return List.of();
        }
        List<CopiedBatch> batches = new ArrayList<>();
        for (BatchId id : quarantine.valid(redis.call(r -> r.lrange(keys.copied(), 0, limit - 1L)))) {
            List<String> fields = redis.fields(keys.batch(id), "records", "run");
            if (fields.get(1) == null || fields.get(1).equals(run.toString())) {
                batches.add(new CopiedBatch(id, count(fields.get(0))));
            }
        }
        return batches;
    }

    /** 0 when it isn't a number: the batch's data are lost then. */
    private static int count(String records) {
        return records != null && records.matches("[0-9]{1,9}") ? Integer.parseInt(records) : 0;
    }

    @Override
    public boolean finish(BatchId batch) {
        return redis.confirm(RedisScript.FINISH, keys, leader, batch.toString());
    }

    @Override
    public void requeue(BatchId batch, String reason) {
        redis.eval(RedisScript.REQUEUE, keys, batch.toString(), reason);
    }

    @Override
    public QueueDepth depth() {
        return new QueueDepth(
                redis.call(r -> r.llen(keys.pending())),
                redis.call(r -> r.zcard(keys.leases())),
                redis.call(r -> r.llen(keys.copied())),
                redis.call(r -> r.llen(keys.dead())),
                redis.call(r -> r.scard(keys.open())));
    }

    @Override
    public RecordCounts records() {
        List<?> counts = (List<?>) redis.eval(RedisScript.RECORDS, keys, Integer.toString(RECORDS_READ));
        return new RecordCounts((Long) counts.get(0), (Long) counts.get(1));
    }
}
