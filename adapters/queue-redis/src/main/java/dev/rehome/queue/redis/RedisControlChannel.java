package dev.rehome.queue.redis;

import dev.rehome.common.queue.ConsumerReport;
import dev.rehome.common.queue.ControlChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import redis.clients.jedis.params.SetParams;

/** The keys {@code throttle} and {@code consumers}. A throttle and the reports expire by themselves. */
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
    public void report(String consumer, ConsumerReport report) {
        redis.eval(RedisScript.REPORT, keys, consumer, report.encode(), Long.toString(REPORT_KEPT.toSeconds()));
    }

    @Override
    public Map<String, ConsumerReport> reports() {
        List<?> lines = (List<?>) redis.eval(RedisScript.REPORTS, keys, Long.toString(REPORT_KEPT.toSeconds()));
        Map<String, ConsumerReport> reports = new TreeMap<>();
        for (int i = 0; i < lines.size(); i += 2) {
            reports.put(String.valueOf(lines.get(i)), ConsumerReport.decode(String.valueOf(lines.get(i + 1))));
        }
        return reports;
    }
}
