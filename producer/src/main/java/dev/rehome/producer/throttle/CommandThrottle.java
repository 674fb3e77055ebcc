package dev.rehome.producer.throttle;

import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.catalog.ReplicaHeartbeat;
import dev.rehome.common.process.Loop;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.queue.ControlState;
import dev.rehome.common.queue.FleetCopies;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The throttle of a command that updates rows while no producer runs: the same load limits, replicas and run windows. An
 * operator's pause doesn't hold it, because the command was started by an operator.
 */
public final class CommandThrottle implements AutoCloseable {
    private final ReplicaHeartbeat heartbeat;
    private final Throttle throttle;
    private final List<Loop> loops = new ArrayList<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** Starts to watch the replicas. {@code writer}: the command's own name, in at most 64 ASCII characters. */
    public CommandThrottle(
            ProducerCatalog catalog,
            ThrottleSettings settings,
            MonotonicClock clock,
            InstantSource time,
            String writer) {
        heartbeat = catalog.heartbeat(settings.replicas(), writer);
        ReplicaLag lag = new ReplicaLag(heartbeat.replicas(), settings.soft().replicaLag(), clock);
        throttle = new Throttle(
                new Throttle.Sources(
                        catalog.load()::read,
                        () -> ControlState.NONE,
                        () -> FleetCopies.Tries.NONE,
                        () -> RecordTotals.NONE,
                        time),
                lag,
                clock,
                settings,
                0);
        if (!heartbeat.replicas().isEmpty()) {
            ReplicaLagMonitor monitor = new ReplicaLagMonitor(heartbeat, lag, () -> true);
            start("heartbeat for replicas", monitor::write);
            heartbeat.replicas().forEach(replica -> start("replica " + replica, monitor.reader(replica)));
        }
    }

    private void start(String name, Loop.Step step) {
        loops.add(new Loop(name, step, fatal -> failure.compareAndSet(null, fatal)).start());
    }

    /** All reasons to wait; empty when there are none. */
    public String reason() {
        Optional.ofNullable(failure.get()).ifPresent(fatal -> {
            throw new IllegalStateException("The replicas aren't watched any more", fatal);
        });
        return throttle.reason();
    }

    @Override
    public void close() {
        loops.forEach(Loop::stop);
        loops.forEach(Loop::close);
        heartbeat.close();
    }
}
