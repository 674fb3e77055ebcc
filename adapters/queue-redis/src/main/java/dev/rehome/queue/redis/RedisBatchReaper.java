package dev.rehome.queue.redis;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchCodec;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.queue.BatchReaper;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The calls of recovery. */
final class RedisBatchReaper implements BatchReaper {
    /** Leases looked at in one call: keeps Redis' single thread free; the caller's next round takes the rest. */
    private static final String ROUND = "500";

    private final RedisConnection redis;
    private final RedisKeys keys;
    private final Quarantine refusals;
    private final Duration lease;
    private final int maxAttempts;
    private final RedisRestartDetector start;

    /** {@code grace}: how long after a start of Redis nothing is recovered. */
    RedisBatchReaper(
            RedisConnection redis,
            RedisKeys keys,
            Duration lease,
            int maxAttempts,
            Duration grace,
            InstantSource time) {
        this.redis = redis;
        this.keys = keys;
        this.refusals = new Quarantine(redis, keys);
        this.lease = lease;
        this.maxAttempts = maxAttempts;
        this.start = new RedisRestartDetector(grace, time);
    }

    @Override
    public Recovered recover() {
        if (start.isRecent(redis.call(r -> r.info("server")))) {
            return new Recovered(0, 0);
        }
        List<?> moved = (List<?>) redis.eval(
                RedisScript.RECOVER, keys, ROUND, Integer.toString(maxAttempts), Long.toString(lease.toMillis()));
        return new Recovered(((Long) moved.get(0)).intValue(), ((Long) moved.get(1)).intValue());
    }

    @Override
    public int reconcile() {
        return ((Long) redis.eval(RedisScript.RECONCILE, keys)).intValue();
    }

    @Override
    public List<BatchId> dead(int limit) {
        return refusals.sound(redis.call(r -> r.lrange(keys.dead(), 0, limit - 1L)));
    }

    @Override
    public Optional<Batch> payload(BatchId batch) {
        String payload = redis.call(r -> r.hget(keys.batch(batch), "payload"));
        if (payload == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(BatchCodec.decode(batch, payload));
        } catch (IllegalArgumentException unreadable) {
            refusals.refuse(batch.toString(), unreadable.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public boolean split(BatchId dead, List<Batch> parts) {
        List<String> args = new ArrayList<>(List.of(dead.toString()));
        for (Batch part : parts) {
            args.add(part.id().toString());
            args.add(BatchCodec.encode(part));
            args.add(Integer.toString(part.size()));
            args.add(BatchCodec.encodeKey(part.firstKey()));
            args.add(BatchCodec.encodeKey(part.lastKey()));
        }
        return redis.confirm(RedisScript.SPLIT, keys, args.toArray(String[]::new));
    }
}
