package dev.rehome.producer.throttle;

import dev.rehome.common.catalog.ServerLoad;
import dev.rehome.common.process.MonotonicClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Decides whether the run must wait; asked before each batch. Any one reason is enough, and all are shown. The facts are
 * read at most once a second. Safe for use by several threads.
 */
public final class Throttle {
    /** When to ask again while the run is throttled. */
    public static final Duration RECHECK = Duration.ofMillis(500);

    private static final Duration MAX_AGE = Duration.ofSeconds(1);

    private final Supplier<ServerLoad.Reading> load;
    private final Supplier<String> pause;
    private final Supplier<Optional<String>> closed;
    private final ReplicaLag lag;
    private final MonotonicClock clock;
    private final ThrottleSettings settings;
    private Duration readAt;
    private String pauseReason = "";
    private String loadReason = "";
    private List<String> loadReasons = List.of();

    /**
     * @param load reads the load of the database server
     * @param pause returns why an operator holds the run; empty without a hold
     * @param closed returns why the run may not work at this time of the week; empty when it may
     * @param lag watches the replicas of the settings
     */
    public Throttle(
            Supplier<ServerLoad.Reading> load,
            Supplier<String> pause,
            Supplier<Optional<String>> closed,
            ReplicaLag lag,
            MonotonicClock clock,
            ThrottleSettings settings) {
        this.load = load;
        this.pause = pause;
        this.closed = closed;
        this.lag = lag;
        this.clock = clock;
        this.settings = settings;
    }

    /** All reasons to wait; empty when there are none. */
    public synchronized String reason() {
        refresh();
        return pauseReason.isEmpty() || loadReason.isEmpty()
                ? pauseReason + loadReason
                : pauseReason + "; " + loadReason;
    }

    /** All reasons to wait, each by itself. */
    public synchronized List<String> reasons() {
        refresh();
        return Stream.concat(Stream.of(pauseReason).filter(reason -> !reason.isEmpty()), loadReasons.stream())
                .toList();
    }

    /** The reasons that end by themselves: closed run windows, replica lag and server load; not an operator's pause. */
    public synchronized String loadReason() {
        refresh();
        return loadReason;
    }

    private void refresh() {
        Duration now = clock.now();
        if (readAt == null || now.minus(readAt).compareTo(MAX_AGE) >= 0) {
            pauseReason = pause.get();
            loadReasons = loadReasons();
            loadReason = String.join("; ", loadReasons);
            readAt = now;
        }
    }

    private List<String> loadReasons() {
        List<String> reasons = new ArrayList<>();
        closed.get().ifPresent(reasons::add);
        reasons.addAll(lag.reasons());
        if (settings.maxThreadsRunning() > 0 || settings.maxLockWaits() > 0) {
            ServerLoad.Reading now = load.get();
            int running = now.runningStatements();
            if (settings.maxThreadsRunning() > 0 && running > settings.maxThreadsRunning()) {
                reasons.add("the database runs " + running + " statements > " + settings.maxThreadsRunning());
            }
            int waiting = now.lockWaits();
            if (settings.maxLockWaits() > 0 && waiting > settings.maxLockWaits()) {
                reasons.add(waiting + " statements wait for row locks > " + settings.maxLockWaits());
            }
        }
        return reasons;
    }
}
