package dev.rehome.queue.redis;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchCodec;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.CopiedBatch;
import dev.rehome.common.queue.PublishResult;
import dev.rehome.common.queue.QueueDepth;
import dev.rehome.common.queue.ScanState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The producer's calls. */
final class RedisBatchPublisher implements BatchPublisher {
    private final RedisConnection redis;
    private final RedisKeys keys;
    private final Quarantine refusals;
    private final String leader;
    private final int maxOpen;

    RedisBatchPublisher(RedisConnection redis, RedisKeys keys, String leader, int maxOpen) {
        this.redis = redis;
        this.keys = keys;
        this.refusals = new Quarantine(redis, keys);
        this.leader = leader;
        this.maxOpen = maxOpen;
    }

    @Override
    public ScanState lead() {
        List<?> scan = (List<?>) redis.eval(RedisScript.LEAD, keys, leader);
        String position = (String) scan.get(1);
        return new ScanState(
                Long.parseLong((String) scan.get(0)),
                position.isEmpty() ? Optional.empty() : Optional.of(BatchCodec.decodeKey(position)),
                Long.parseLong((String) scan.get(2)));
    }

    @Override
    public boolean beginPass(long pass) {
        return redis.confirm(RedisScript.BEGIN_PASS, keys, leader, Long.toString(pass));
    }

    @Override
    public PublishResult publish(Batch batch, RowKey position, long pass) {
        Object answer = redis.eval(
                RedisScript.ENQUEUE,
                keys,
                leader,
                Long.toString(pass),
                Integer.toString(maxOpen),
                BatchCodec.encodeKey(position),
                batch.id().toString(),
                BatchCodec.encode(batch),
                Integer.toString(batch.size()),
                BatchCodec.encodeKey(batch.firstKey()),
                BatchCodec.encodeKey(batch.lastKey()));
        return PublishResult.valueOf(((String) answer).toUpperCase(Locale.ROOT));
    }

    @Override
    public List<CopiedBatch> copied(int limit) {
        List<CopiedBatch> batches = new ArrayList<>();
        for (BatchId batch : refusals.sound(redis.call(r -> r.lrange(keys.copied(), 0, limit - 1L)))) {
            batches.add(new CopiedBatch(batch, count(redis.call(r -> r.hget(keys.batch(batch), "records")))));
        }
        return batches;
    }

    /** 0 also for what can't be a number of records: the batch is then known no more. */
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
}
