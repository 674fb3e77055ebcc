package dev.rehome.producer.throttle;

import dev.rehome.common.Rejected;
import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.catalog.ReplicaHeartbeat;
import dev.rehome.common.process.Loop;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.queue.ControlState;
import dev.rehome.common.queue.FleetCopies;
import dev.rehome.common.queue.Hold;
import dev.rehome.common.settings.Setting;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * The throttle of a command that changes rows or objects while no producer runs: the limits, replicas and run windows of a
 * run, as they are set live, and an operator's holds. A hold that exists at the start is the run's, which some commands
 * require; it doesn't hold the command.
 */
public final class CommandThrottle implements AutoCloseable {
    private final ReplicaHeartbeat heartbeat;
    private final Throttle throttle;
    private final List<Loop> loops = new ArrayList<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile Optional<Hold> ofTheRun;

    /**
     * Starts to watch the replicas.
     *
     * @param control the operators' hold and live settings
     * @param writer the command's own name, in at most 64 ASCII characters
     */
    public CommandThrottle(
            ProducerCatalog catalog,
            ThrottleSettings settings,
            Supplier<ControlState> control,
            MonotonicClock clock,
            InstantSource time,
            String writer) {
        heartbeat = catalog.heartbeat(settings.replicas(), writer);
        ReplicaLag lag = new ReplicaLag(heartbeat.replicas(), settings.soft().replicaLag(), clock);
        ofTheRun = control.get().hold();
        throttle = new Throttle(
                new Throttle.Sources(
                        catalog.load()::read,
                        () -> withoutThatOfTheRun(control.get()),
                        () -> FleetCopies.Tries.NONE,
                        () -> RecordTotals.NONE,
                        time),
                lag,
                clock,
                settings,
                0);
        new ReplicaLagMonitor(heartbeat, lag, () -> true)
                .steps()
                .forEach((name, step) ->
                        loops.add(new Loop(name, step, fatal -> failure.compareAndSet(null, fatal)).start()));
    }

    /** Ignores the hold of the run until it ends; any later hold applies to this command, even with the same reason. */
    private ControlState withoutThatOfTheRun(ControlState state) {
        if (!state.hold().equals(ofTheRun)) {
            ofTheRun = Optional.empty();
            return state;
        }
        return new ControlState(Optional.empty(), state.settings(), state.revision());
    }

    /**
     * All reasons to wait; empty when there are none.
     *
     * @throws Rejected when a hard limit is exceeded, or an operator stops everything
     */
    public String reason() {
        Optional.ofNullable(failure.get()).ifPresent(fatal -> {
            throw new IllegalStateException("The replicas aren't watched any more", fatal);
        });
        String reason = throttle.reason();
        String critical = throttle.stop().map(Hold::toString).orElseGet(throttle::critical);
        if (!critical.isEmpty()) {
            throw new Rejected("Stopping; repeat the command once this is resolved: " + critical);
        }
        return reason;
    }

    /** The value of a setting that applies now: the one that was set live, or {@code configured} without one. */
    public <T> T live(Setting<T> setting, T configured) {
        var unused = throttle.settings();
        return throttle.live(setting, configured);
    }

    @Override
    public void close() {
        loops.forEach(Loop::stop);
        loops.forEach(Loop::close);
        heartbeat.close();
    }
}
