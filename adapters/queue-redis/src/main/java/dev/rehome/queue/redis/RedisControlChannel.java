package dev.rehome.queue.redis;

import dev.rehome.common.queue.ControlChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import redis.clients.jedis.params.SetParams;

/** The keys throttle and consumers. A throttle and the reports expire by themselves. */
record RedisControlChannel(RedisConnection redis, RedisKeys keys) implements ControlChannel {
    private static final Duration REPORT_KEPT = Duration.ofMinutes(1);

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
        redis.eval(RedisScript.REPORT, keys, consumer, status, Long.toString(REPORT_KEPT.toSeconds()));
    }

    @Override
    public Map<String, String> reports() {
        List<?> lines = (List<?>) redis.eval(RedisScript.REPORTS, keys, Long.toString(REPORT_KEPT.toSeconds()));
        Map<String, String> reports = new TreeMap<>();
        for (int i = 0; i < lines.size(); i += 2) {
            reports.put(String.valueOf(lines.get(i)), String.valueOf(lines.get(i + 1)));
        }
        return reports;
    }
}
