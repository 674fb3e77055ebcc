package dev.rehome.producer.throttle;

import dev.rehome.common.process.MonotonicClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Computes each replica's lag: the age of the newest heartbeat that was read there. A replica that is unreachable shows
 * no newer heartbeat, so its lag grows like that of a stopped one. Until the first heartbeat arrives the lag is unknown,
 * which counts as too much. Safe for use by several threads.
 *
 * <p>Heartbeats carry {@link #now}, which starts at the wall clock and then advances monotonically: a clock that is
 * stepped changes no lag.
 */
public final class ReplicaLag {
    private static final Duration LONGEST_PERIOD = Duration.ofMillis(500);
    private static final Duration SHORTEST_PERIOD = Duration.ofMillis(100);

    private volatile Duration limit;
    private final MonotonicClock clock;
    private final Instant origin;
    private final Map<String, LastHeartbeat> replicas = new LinkedHashMap<>();
    private Instant written;

    /** {@code limit}: the largest lag that doesn't throttle the run. */
    public ReplicaLag(List<String> replicas, Duration limit, MonotonicClock clock) {
        this.limit = limit;
        this.clock = clock;
        this.origin = Instant.now().minus(clock.now());
        this.written = now();
        replicas.forEach(name -> this.replicas.put(name, new LastHeartbeat(null, "")));
    }

    /** The time to put into a heartbeat. */
    public Instant now() {
        return origin.plus(clock.now());
    }

    /**
     * How often to write and read heartbeats: every 500 ms, or a fifth of the limit if that is shorter, but at least 100
     * ms apart. A replica without lag then never appears to have used up half of the limit.
     */
    public Duration period() {
        Duration period = limit.dividedBy(5);
        period = period.compareTo(LONGEST_PERIOD) < 0 ? period : LONGEST_PERIOD;
        return period.compareTo(SHORTEST_PERIOD) > 0 ? period : SHORTEST_PERIOD;
    }

    /** Records that the heartbeat with this time was written to the primary. */
    public synchronized void written(Instant heartbeat) {
        written = heartbeat;
    }

    /** Records that the heartbeat with this time was read at the replica. */
    public synchronized void arrived(String replica, Instant heartbeat) {
        replicas.put(replica, new LastHeartbeat(heartbeat, ""));
    }

    /** Records that the replica could not be read, and why. */
    public synchronized void unreadable(String replica, String cause) {
        replicas.put(replica, new LastHeartbeat(replicas.get(replica).time(), cause));
    }

    /** Sets the largest lag that doesn't throttle the run. */
    void limit(Duration largest) {
        limit = largest;
    }

    /** One reason for each replica whose heartbeats are known and older than that; none when it is 0. */
    synchronized List<String> beyond(Duration hardLimit) {
        List<String> reasons = new ArrayList<>();
        replicas.forEach((name, last) -> {
            if (!hardLimit.isZero() && last.time() != null && age(last.time()).compareTo(hardLimit) > 0) {
                reasons.add("replica " + name + " lags " + seconds(age(last.time())) + " s > " + seconds(hardLimit));
            }
        });
        return reasons;
    }

    /** One reason for each replica that lags too far; empty when none does. */
    public synchronized List<String> reasons() {
        if (replicas.isEmpty()) {
            return List.of();
        }
        Duration unwritten = age(written);
        if (unwritten.compareTo(limit) > 0) {
            return List.of("no heartbeat was written to the primary for " + seconds(unwritten) + " s");
        }
        List<String> reasons = new ArrayList<>();
        replicas.forEach((name, last) -> {
            String cause = last.trouble().isEmpty() ? "" : " (" + last.trouble() + ")";
            if (last.time() == null) {
                reasons.add("replica " + name + " has received no heartbeat from this producer yet" + cause);
                return;
            }
            Duration lag = age(last.time());
            if (lag.compareTo(limit) > 0) {
                reasons.add("replica " + name + " lags " + seconds(lag) + " s > " + seconds(limit) + cause);
            }
        });
        return reasons;
    }

    private Duration age(Instant heartbeat) {
        return Duration.between(heartbeat, now());
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1_000.0);
    }

    /** The newest heartbeat read, null before the first, and why the last read failed, empty when it succeeded. */
    private record LastHeartbeat(Instant time, String trouble) {}
}
