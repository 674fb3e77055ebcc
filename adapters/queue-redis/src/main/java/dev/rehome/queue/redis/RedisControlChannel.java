package dev.rehome.queue.redis;

import dev.rehome.common.queue.ControlChannel;
import java.time.Duration;
import java.util.Map;
import redis.clients.jedis.params.SetParams;

/** The control and consumers hashes, and the throttle, which expires by itself. */
final class RedisControlChannel implements ControlChannel {
    private static final String PAUSED = "paused";

    private final RedisConnection redis;
    private final RedisKeys keys;

    RedisControlChannel(RedisConnection redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    @Override
    public String pauseReason() {
        String reason = redis.call(r -> r.hget(keys.control(), PAUSED));
        return reason == null ? "" : reason;
    }

    @Override
    public void pause(String reason) {
        redis.call(r -> r.hset(keys.control(), Map.of(PAUSED, reason)));
    }

    @Override
    public void resume() {
        redis.call(r -> r.hdel(keys.control(), PAUSED));
    }

    @Override
    public void throttle(String reason, Duration atMost) {
        if (reason.isEmpty()) {
            redis.call(r -> r.del(keys.throttle()));
        } else {
            redis.call(r -> r.set(keys.throttle(), reason, new SetParams().px(atMost.toMillis())));
        }
    }

    @Override
    public String throttleReason() {
        String reason = redis.call(r -> r.get(keys.throttle()));
        return reason == null ? "" : reason;
    }

    @Override
    public void report(String consumer, String status) {
        if (status.isEmpty()) {
            redis.call(r -> r.hdel(keys.consumers(), consumer));
        } else {
            redis.call(r -> r.hset(keys.consumers(), Map.of(consumer, status)));
        }
    }

    @Override
    public Map<String, String> consumers() {
        return redis.call(r -> r.hgetAll(keys.consumers()));
    }
}
