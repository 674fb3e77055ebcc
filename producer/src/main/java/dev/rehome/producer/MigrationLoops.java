package dev.rehome.producer;

import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.catalog.CatalogTable;
import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.catalog.ReplicaHeartbeat;
import dev.rehome.common.process.Loop;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.process.ShutdownSignal;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.BatchReaper;
import dev.rehome.common.queue.ControlChannel;
import dev.rehome.producer.progress.Progress;
import dev.rehome.producer.progress.StatusLine;
import dev.rehome.producer.throttle.ReplicaLag;
import dev.rehome.producer.throttle.ReplicaLagMonitor;
import dev.rehome.producer.throttle.Throttle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loops of one run: applying, publishing, recovering, the status line, and the count that runs beside them. */
final class MigrationLoops {
    /** How the loops ended. */
    enum End {
        FINISHED,
        STOPPED,
        FAILED
    }

    private static final Logger LOG = LoggerFactory.getLogger(MigrationLoops.class);

    private final Progress progress;
    private final ReplicaHeartbeat heartbeat;
    private final Publishing publishing;
    private final List<Loop> loops = new ArrayList<>();
    private volatile boolean stopping;
    private final ShutdownSignal ended = new ShutdownSignal();
    private final AtomicReference<End> end = new AtomicReference<>(End.STOPPED);

    MigrationLoops(
            ProducerSettings settings,
            ProducerCatalog catalog,
            BatchPublisher queue,
            BatchReaper reaper,
            ControlChannel control,
            Supplier<BatchId> ids,
            String writer,
            MonotonicClock clock,
            Progress progress,
            CatalogTable table,
            RunId run,
            boolean fresh) {
        this.progress = progress;
        Leadership leadership = new Leadership();
        this.heartbeat = catalog.heartbeat(settings.throttle().replicas(), writer);
        ReplicaLag lag =
                new ReplicaLag(heartbeat.replicas(), settings.throttle().maxReplicaLag(), clock);
        Throttle throttle = new Throttle(catalog.load(), control, lag, clock, settings.throttle());
        this.publishing = new Publishing(
                table.work(),
                queue,
                ids,
                leadership,
                throttle::reason,
                progress,
                run,
                fresh,
                settings.batchSize(),
                settings.passDelay(),
                () -> end(End.FINISHED));
        add("applying", new Applying(catalog.lock(), table.update(), queue, leadership, throttle, progress, clock));
        add("publishing", publishing);
        add(
                "recovering",
                new Recovering(
                        reaper,
                        queue,
                        catalog.outcomes(),
                        catalog.batches(),
                        ids,
                        leadership,
                        settings.queue().lease()));
        add("throttling", new ThrottleReporter(throttle, control, leadership, progress));
        watch(new ReplicaLagMonitor(heartbeat, lag, () -> leadership.term() != 0));
        add("status", new StatusLine(progress, queue, clock, settings.status()));
    }

    private void watch(ReplicaLagMonitor watch) {
        if (!heartbeat.replicas().isEmpty()) {
            add("heartbeat for replicas", watch::write);
            heartbeat.replicas().forEach(replica -> add("replica " + replica, watch.reader(replica)));
        }
    }

    private void add(String name, Loop.Step step) {
        loops.add(new Loop(name, step, this::failed));
    }

    /** Starts them all; {@code count} runs once beside them, for a percentage, and ends where its listener throws. */
    void start(ToLongFunction<LongConsumer> count) {
        loops.add(new Loop(
                "counting",
                () -> {
                    progress.total(count.applyAsLong(soFar -> {
                        if (stopping) {
                            throw new Unavailable("Stopping: the rows are not counted to their end");
                        }
                    }));
                    return Duration.ofDays(1);
                },
                trouble -> LOG.warn("Rows can't be counted; the status line goes without a percentage", trouble)));
        loops.forEach(Loop::start);
    }

    /** Waits until the work is finished, has failed, or is to stop. */
    End await(ShutdownSignal signal) {
        while (!ended.await(Duration.ofMillis(100))) {
            if (signal.isRequested()) {
                return End.STOPPED;
            }
        }
        return end.get();
    }

    /** Stops them: no new update is begun, one under way commits or rolls back. */
    void stop() {
        stopping = true;
        loops.forEach(Loop::stop);
        loops.forEach(Loop::close);
        heartbeat.close();
    }

    /** What the last pass found reported as failed. Only after the end. */
    FailureSummary failures() {
        return publishing.failures();
    }

    private void failed(Throwable fatal) {
        LOG.error("Can't go on; stopping", fatal);
        end(End.FAILED);
    }

    private void end(End how) {
        end.compareAndSet(End.STOPPED, how);
        ended.request();
    }
}
