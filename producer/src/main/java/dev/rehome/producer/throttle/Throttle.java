package dev.rehome.producer.throttle;

import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.catalog.ServerLoad;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.queue.ControlState;
import dev.rehome.common.queue.FleetCopies;
import dev.rehome.common.queue.Hold;
import dev.rehome.common.settings.Setting;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Decides before each batch whether the run must wait or stop. One reason is enough, and all are shown. Measurements and the
 * settings that operators changed live are read at most once a second. Safe for use by several threads.
 */
public final class Throttle {
    /** When to ask again while the run is throttled. */
    public static final Duration RECHECK = Duration.ofMillis(500);

    private static final Duration MAX_AGE = Duration.ofSeconds(1);
    /** How long a hard limit of the load must be exceeded without a break: a short peak doesn't stop a run. */
    static final Duration PEAK = Duration.ofSeconds(10);

    private final Sources sources;
    private final ReplicaLag lag;
    private final FailureWatch failures;
    private final MonotonicClock clock;
    private final ThrottleSettings configured;
    private final int run;
    private Duration readAt;
    private Duration criticalSince;
    private volatile View view;

    /**
     * The measurements.
     *
     * @param load the load of the database server
     * @param control the operators' hold and live settings
     * @param copies the consumers' copies of the last minute
     * @param totals the totals of the run
     * @param time the time of day
     */
    public record Sources(
            Supplier<ServerLoad.Reading> load,
            Supplier<ControlState> control,
            Supplier<FleetCopies.Tries> copies,
            Supplier<RecordTotals> totals,
            InstantSource time) {}

    /** The latest reading; {@code critical} is the hard limit that is exceeded, empty when none is. */
    private record View(
            ControlState control, List<String> closed, List<String> load, String critical, ThrottleSettings settings) {
        Optional<Hold> hold() {
            return control.hold();
        }

        private View with(ControlState read) {
            return new View(read, closed, load, critical, settings);
        }
    }

    /**
     * @param lag watches the replicas of the settings
     * @param configured the settings where operators have changed nothing
     * @param run the number of the run
     */
    public Throttle(Sources sources, ReplicaLag lag, MonotonicClock clock, ThrottleSettings configured, int run) {
        this.sources = sources;
        this.lag = lag;
        this.failures = new FailureWatch(sources.totals(), clock);
        this.clock = clock;
        this.configured = configured;
        this.run = run;
        this.view = new View(ControlState.NONE, List.of(), List.of(), "", configured);
    }

    /** All reasons to publish nothing, in one line; empty when there are none. */
    public String reason() {
        return String.join("; ", reasons());
    }

    /** All reasons to publish nothing. */
    public List<String> reasons() {
        View now = refreshed();
        return Stream.of(now.hold().map(Hold::toString).stream(), now.closed().stream(), now.load().stream())
                .flatMap(each -> each)
                .toList();
    }

    /** All reasons to apply nothing: a run that drains applies what is copied. */
    public String applyReason() {
        View now = refreshed();
        return now.hold()
                .filter(hold -> hold.kind() != Hold.Kind.DRAINING)
                .map(Hold::toString)
                .orElseGet(() -> String.join("; ", now.load()));
    }

    /** The reasons that end by themselves: closed run windows and exceeded soft limits; no operator's hold. */
    public String loadReason() {
        View now = refreshed();
        return String.join(
                "; ", Stream.concat(now.closed().stream(), now.load().stream()).toList());
    }

    /** The hard limit that is exceeded, in words; empty when none is. */
    public String critical() {
        return refreshed().critical();
    }

    /** Why the run's processes must end, by the latest reading. */
    public Optional<Hold> stop() {
        return view.hold().filter(Hold::isStop);
    }

    /** Whether the run drains, or has drained, by the latest reading: on request, or because its windows are closed. */
    public boolean isDraining() {
        return view.hold().filter(hold -> hold.kind() == Hold.Kind.DRAINING).isPresent()
                || !view.closed().isEmpty();
    }

    /** The run windows that apply now, by the latest reading. */
    public RunWindows windows() {
        return view.settings().windows();
    }

    /** The settings that apply now: the configured ones, with those that operators set live. */
    public ThrottleSettings settings() {
        return refreshed().settings();
    }

    /** The value of a setting that applies now, by the latest reading. */
    public <T> T live(Setting<T> setting, T value) {
        return view.control().value(setting, value);
    }

    private synchronized View refreshed() {
        Duration now = clock.now();
        if (readAt == null || now.minus(readAt).compareTo(MAX_AGE) >= 0) {
            view = read();
            readAt = now;
        }
        return view;
    }

    private View read() {
        ControlState control = sources.control().get();
        // A stop must be seen even while the database's load can't be read.
        view = view.with(control);
        ThrottleSettings settings = configured.with(control);
        Instant time = sources.time().instant();
        List<String> closed = settings.windows().reason(time).stream()
                .map(reason -> reason + atOpening(control))
                .toList();
        // A run that is held, or outside its windows, does no work that a hard limit would have to stop.
        boolean works = control.hold().isEmpty() && closed.isEmpty();
        if (!works) {
            criticalSince = null;
        }
        String critical = works ? hard(settings.hard(), control) : "";
        return new View(control, closed, soft(settings.soft()), critical, settings);
    }

    private static String atOpening(ControlState control) {
        OptionalInt consumers = ConsumersAtOpening.of(control);
        return consumers.isPresent() ? "; no consumer runs until then, when " + consumers.getAsInt() + " start" : "";
    }

    private List<String> soft(Limits limits) {
        lag.limit(limits.replicaLag());
        List<String> reasons = new ArrayList<>(lag.reasons());
        if (limits.needLoad()) {
            reasons.addAll(limits.exceeded(sources.load().get()));
        }
        reasons.addAll(limits.exceededBySlowDowns(slowDowns(limits)));
        if (limits.needFailures()) {
            failures.read();
            reasons.addAll(limits.exceededByFailures(failures.recent(), "in the last 5 min"));
        }
        return reasons;
    }

    private String hard(Limits limits, ControlState control) {
        List<String> load = new ArrayList<>(lag.beyond(limits.replicaLag()));
        if (limits.needLoad()) {
            load.addAll(limits.exceeded(sources.load().get()));
        }
        load.addAll(limits.exceededBySlowDowns(slowDowns(limits)));
        Duration now = clock.now();
        criticalSince = load.isEmpty() ? null : criticalSince == null ? now : criticalSince;
        List<String> reasons = new ArrayList<>();
        if (criticalSince != null && now.minus(criticalSince).compareTo(PEAK) >= 0) {
            load.forEach(reason -> reasons.add(reason + " for " + PEAK.toSeconds() + " s"));
        }
        if (limits.needFailures()) {
            failures.read();
            Share accepted = AcceptedFailures.of(run, control);
            reasons.addAll(limits.exceededByFailures(
                    failures.since(accepted), accepted.whole() == 0 ? "in this run" : "since the run was continued"));
        }
        return String.join("; ", reasons);
    }

    private Share slowDowns(Limits limits) {
        if (limits.slowDownPercent() == 0) {
            return new Share(0, 0);
        }
        FleetCopies.Tries copies = sources.copies().get();
        return new Share(copies.throttled(), copies.all());
    }
}
