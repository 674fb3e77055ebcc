package dev.rehome.queue.redis;

import dev.rehome.common.process.MonotonicClock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether Redis started, or was replaced by another server, within the grace period. Heartbeats couldn't arrive while it
 * was away, so expired leases prove nothing then. For use by one thread.
 */
final class RedisRestartDetector {
    private static final Logger LOG = LoggerFactory.getLogger(RedisRestartDetector.class);

    private final Duration grace;
    private final MonotonicClock clock;
    private String runId = "";
    private Optional<Duration> restarted = Optional.empty();

    RedisRestartDetector(Duration grace, MonotonicClock clock) {
        this.grace = grace;
        this.clock = clock;
    }

    /** {@code info}: the current reply to {@code INFO server}. */
    boolean isRecent(String info) {
        String current = field(info, "run_id").orElse("");
        if (!current.equals(runId)) {
            if (!runId.isEmpty()) {
                LOG.warn(
                        "Redis restarted or was replaced (run_id {}); lease expiry suspended for {} s",
                        current,
                        grace.toSeconds());
                restarted = Optional.of(clock.now());
            }
            runId = current;
        }
        return isYoung(info)
                || restarted
                        .filter(at -> clock.now().minus(at).compareTo(grace) < 0)
                        .isPresent();
    }

    private boolean isYoung(String info) {
        Duration uptime = field(info, "uptime_in_seconds")
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(Duration.ZERO);
        // Redis' clock may be stepped; ignore negative uptimes.
        return !uptime.isNegative() && uptime.compareTo(grace) < 0;
    }

    private static Optional<String> field(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).trim())
                .findFirst();
    }
}
