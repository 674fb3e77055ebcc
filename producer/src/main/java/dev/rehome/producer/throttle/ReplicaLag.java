package dev.rehome.producer.throttle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The rule: a replica is as far behind as the last heartbeat that was seen there is old. A replica that doesn't answer
 * shows no newer one, so its lag grows as that of a stopped one does; nothing is known of one that showed none yet.
 * Safe for use by several threads.
 */
public final class ReplicaLag {
    private static final Duration SLOWEST = Duration.ofMillis(500);
    private static final Duration QUICKEST = Duration.ofMillis(100);

    private final Duration limit;
    private final InstantSource time;
    private final Map<String, Shown> replicas = new LinkedHashMap<>();
    private Instant written;

    /** {@code limit}: the lag that holds nothing yet. */
    public ReplicaLag(List<String> replicas, Duration limit, InstantSource time) {
        this.limit = limit;
        this.time = time;
        this.written = time.instant();
        replicas.forEach(name -> this.replicas.put(name, new Shown(null, "")));
    }

    /**
     * How often to write and to read: twice a second, or so much oftener that a replica without lag never looks as if it
     * had half of the limit.
     */
    public Duration period() {
        Duration fifth = limit.dividedBy(5);
        Duration slow = fifth.compareTo(SLOWEST) < 0 ? fifth : SLOWEST;
        return slow.compareTo(QUICKEST) > 0 ? slow : QUICKEST;
    }

    /** A heartbeat with this moment was written to the primary. */
    public synchronized void written(Instant moment) {
        written = moment;
    }

    /** The replica shows the heartbeat with this moment. */
    public synchronized void shown(String replica, Instant moment) {
        replicas.put(replica, new Shown(moment, ""));
    }

    /** The replica shows nothing for a reason. */
    public synchronized void silent(String replica, String why) {
        replicas.put(replica, new Shown(replicas.get(replica).moment(), why));
    }

    /** Why the run has to wait, a sentence for each reason; empty when no replica is too far behind. */
    public synchronized List<String> reasons() {
        if (replicas.isEmpty()) {
            return List.of();
        }
        Duration unwritten = age(written);
        if (unwritten.compareTo(limit) > 0) {
            return List.of("no heartbeat for replicas was written to the primary for " + seconds(unwritten) + " s");
        }
        List<String> reasons = new ArrayList<>();
        replicas.forEach((name, shown) -> {
            String why = shown.trouble().isEmpty() ? "" : " (" + shown.trouble() + ")";
            Duration lag = shown.moment() == null ? null : age(shown.moment());
            // A moment to come was written before our clock was set back: it tells nothing.
            if (lag == null || lag.isNegative()) {
                reasons.add("replica " + name + " shows no heartbeat of this producer yet" + why);
            } else if (lag.compareTo(limit) > 0) {
                reasons.add("replica " + name + " is " + seconds(lag) + " s behind > " + seconds(limit) + why);
            }
        });
        return reasons;
    }

    private Duration age(Instant moment) {
        return Duration.between(moment, time.instant());
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1_000.0);
    }

    /** The last heartbeat seen, null before the first; and why none is to be seen now, empty when one is. */
    private record Shown(Instant moment, String trouble) {}
}
