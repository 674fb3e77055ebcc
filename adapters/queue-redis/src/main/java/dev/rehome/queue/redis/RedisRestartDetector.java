package dev.rehome.queue.redis;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether Redis started a moment ago, or whether another one answers under the same name: heartbeats could not arrive
 * meanwhile, so that a lease that ran out proves nothing. For use by one thread.
 */
final class RedisRestartDetector {
    private static final Logger LOG = LoggerFactory.getLogger(RedisRestartDetector.class);

    private final Duration grace;
    private final InstantSource time;
    private String run = "";
    private Instant changed = Instant.EPOCH;

    /** {@code grace}: how long a start counts as recent. */
    RedisRestartDetector(Duration grace, InstantSource time) {
        this.grace = grace;
        this.time = time;
    }

    /** {@code info}: what {@code INFO server} answers now. */
    boolean isRecent(String info) {
        String now = field(info, "run_id").orElse("");
        if (!now.equals(run)) {
            if (!run.isEmpty()) {
                LOG.warn(
                        "Redis has started anew, or is another one (run {}): no lease is called lost for {} s",
                        now,
                        grace.toSeconds());
                changed = time.instant();
            }
            run = now;
        }
        Duration uptime = field(info, "uptime_in_seconds")
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(Duration.ZERO);
        // Both are told by clocks that may be set: what lies in the future says nothing.
        boolean young = !uptime.isNegative() && uptime.compareTo(grace) < 0;
        boolean other = Duration.between(changed, time.instant()).abs().compareTo(grace) < 0;
        return young || other;
    }

    private static Optional<String> field(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).trim())
                .findFirst();
    }
}
