package dev.rehome.queue.redis;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchCodec;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.queue.BatchReaper;
import dev.rehome.common.queue.QueueSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The recovery view of the queue. */
record RedisBatchReaper(RedisConnection redis, RedisKeys keys, QueueSettings settings, RedisRestartDetector restarts)
        implements BatchReaper {
    /** Leases per call: keeps Redis' single thread free; the next round takes the rest. */
    private static final String ROUND = "500";

    private Quarantine quarantine() {
        return new Quarantine(redis, keys);
    }

    @Override
    public Recovered recover() {
        if (restarts.isRecent(redis.call(r -> r.info("server")))) {
            return new Recovered(0, 0);
        }
        List<?> moved = (List<?>) redis.eval(
                RedisScript.RECOVER,
                keys,
                ROUND,
                Integer.toString(settings.maxAttempts()),
                Long.toString(settings.lease().toMillis()));
        return new Recovered(((Long) moved.get(0)).intValue(), ((Long) moved.get(1)).intValue());
    }

    @Override
    public int reconcile() {
        return ((Long) redis.eval(RedisScript.RECONCILE, keys)).intValue();
    }

    @Override
    public List<BatchId> dead(int limit) {
        return quarantine().valid(redis.call(r -> r.lrange(keys.dead(), 0, limit - 1L)));
    }

    @Override
    public Optional<Batch> payload(BatchId batch) {
        String payload = redis.fields(keys.batch(batch), "payload").get(0);
        if (payload == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(BatchCodec.decode(batch, payload));
        } catch (IllegalArgumentException undecodable) {
            quarantine().add(batch.toString(), undecodable.getMessage());
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
