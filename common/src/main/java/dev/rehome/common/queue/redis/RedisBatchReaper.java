package dev.rehome.common.queue.redis;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchCodec;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.queue.BatchReaper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The calls of recovery. */
final class RedisBatchReaper implements BatchReaper {
    /** Leases looked at in one call: keeps Redis' single thread free; the caller's next round takes the rest. */
    private static final String ROUND = "500";

    private final RedisConnection redis;
    private final RedisKeys keys;
    private final Duration lease;
    private final int maxAttempts;

    RedisBatchReaper(RedisConnection redis, RedisKeys keys, Duration lease, int maxAttempts) {
        this.redis = redis;
        this.keys = keys;
        this.lease = lease;
        this.maxAttempts = maxAttempts;
    }

    @Override
    public Recovered recover() {
        if (uptime().compareTo(lease) < 0) {
            return new Recovered(0, 0);
        }
        List<?> moved = (List<?>) redis.eval(RedisScript.RECOVER, keys, ROUND, Integer.toString(maxAttempts));
        return new Recovered(((Long) moved.get(0)).intValue(), ((Long) moved.get(1)).intValue());
    }

    private Duration uptime() {
        String info = redis.call(r -> r.info("server"));
        return info.lines()
                .filter(line -> line.startsWith("uptime_in_seconds:"))
                .map(line -> Duration.ofSeconds(
                        Long.parseLong(line.substring(line.indexOf(':') + 1).trim())))
                .findFirst()
                .orElse(Duration.ZERO);
    }

    @Override
    public int reconcile() {
        return ((Long) redis.eval(RedisScript.RECONCILE, keys)).intValue();
    }

    @Override
    public List<BatchId> dead(int limit) {
        return redis.call(r -> r.lrange(keys.dead(), 0, limit - 1L)).stream()
                .map(BatchId::parse)
                .toList();
    }

    @Override
    public Optional<Batch> payload(BatchId batch) {
        return Optional.ofNullable(redis.call(r -> r.hget(keys.batch(batch), "payload")))
                .map(payload -> BatchCodec.decode(batch, payload));
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
