package dev.rehome.producer.operator;

import dev.rehome.common.catalog.LeaderLock;
import dev.rehome.common.process.ShutdownSignal;
import dev.rehome.producer.operator.OperatorCommand.Session;
import dev.rehome.producer.throttle.CommandThrottle;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The means of a command that changes rows or objects while no producer runs: steps that hold the producer's lock and wait for
 * the throttle, threads for requests, and SIGTERM as a request to stop.
 *
 * @param helpers does up to {@link #PARALLEL} requests beside the caller
 */
record ExclusiveWork(
        ExclusiveSteps steps, CommandThrottle throttle, ExecutorService helpers, LeaderLock lock, ShutdownSignal signal)
        implements AutoCloseable {
    /** Requests in progress at a time. */
    static final int PARALLEL = 32;

    /** Starts to watch the limits of a run; from now on SIGTERM asks the command to stop. */
    static ExclusiveWork begin(Session session) {
        LeaderLock lock = session.catalog().lock();
        CommandThrottle throttle = new CommandThrottle(
                session.catalog(),
                session.factory().settings().run().throttle(),
                session.services().control()::state,
                session.services().clock(),
                session.services().time(),
                session.services().name());
        session.signal().install(session.factory().settings().stopTimeout().minusSeconds(1));
        ExclusiveSteps steps = new ExclusiveSteps(
                lock,
                throttle::reason,
                session.retriesUntilStopped(),
                session.signal()::isRequested,
                session.out()::println);
        return new ExclusiveWork(steps, throttle, Executors.newFixedThreadPool(PARALLEL), lock, session.signal());
    }

    /** Releases the lock; a process that was asked to stop ends now. */
    @Override
    public void close() {
        try (throttle;
                lock) {
            helpers.shutdownNow();
        } finally {
            signal.finished();
        }
    }
}
