package dev.rehome.producer;

import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.catalog.Ledger;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.catalog.ReferenceUpdate;
import dev.rehome.common.catalog.ServerLoad;
import dev.rehome.common.catalog.WorkSource;
import dev.rehome.common.process.Loop;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.BatchReaper;
import dev.rehome.common.queue.ControlChannel;
import dev.rehome.producer.progress.Progress;
import dev.rehome.producer.throttle.ReplicaLag;
import dev.rehome.producer.throttle.Throttle;
import dev.rehome.producer.throttle.ThrottleSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The producer's own rules, one step at a time, for a model that decides what happens between two steps. */
public final class ModelProducer {
    /**
     * What it works on.
     *
     * @param work the records of the catalog
     * @param update the update of the catalog, on the connection of this start's lock
     * @param ledger of the catalog, with this start's own lock
     * @param publisher of the queue, with this start's own token
     * @param reaper of the queue
     * @param control of the queue
     */
    public record Ports(
            WorkSource work,
            ReferenceUpdate update,
            Ledger ledger,
            BatchPublisher publisher,
            BatchReaper reaper,
            ControlChannel control) {}

    private final Ports ports;
    private final Supplier<BatchId> ids;
    private final MonotonicClock clock;
    private final int batchSize;
    private final Duration lease;
    private List<Loop.Step> loops = List.of();
    private RunId run;
    private boolean finished;
    private boolean done;

    public ModelProducer(Ports ports, Supplier<BatchId> ids, MonotonicClock clock, int batchSize, Duration lease) {
        this.ports = ports;
        this.ids = ids;
        this.clock = clock;
        this.batchSize = batchSize;
        this.lease = lease;
    }

    /** Does one step of one of its loops, chosen at random; the first is to take the lock. */
    public void step(RandomGenerator random) {
        if (loops.isEmpty()) {
            if (ports.ledger().lock().acquire(Duration.ZERO)) {
                begin();
            }
        } else if (finished) {
            ports.ledger().runs().complete(run.number(), "{}");
            done = true;
        } else {
            loops.get(random.nextInt(loops.size())).run();
        }
    }

    private void begin() {
        boolean fresh = ports.ledger()
                .runs()
                .latest()
                .map(latest -> latest.completed().isPresent())
                .orElse(true);
        run = ports.ledger().runs().startOrResume(Optional.empty()).id();
        Leadership leadership = new Leadership();
        Progress progress = new Progress();
        ThrottleSettings unlimited = new ThrottleSettings(0, 0, List.of(), Duration.ofSeconds(1));
        ReplicaLag lag = new ReplicaLag(List.of(), unlimited.maxReplicaLag(), clock);
        Throttle throttle = new Throttle(new NoLoad(), ports.control(), lag, clock, unlimited);
        Publishing publishing = new Publishing(
                ports.work(),
                ports.publisher(),
                ids,
                leadership,
                throttle::reason,
                progress,
                run,
                fresh,
                batchSize,
                Duration.ZERO,
                () -> finished = true);
        Recovering recovering = new Recovering(
                ports.reaper(),
                ports.publisher(),
                ports.ledger().outcomes(),
                ports.ledger().batches(),
                ids,
                leadership,
                lease);
        // A clock that goes on with each look, so that what waits is tried again.
        AtomicLong seconds = new AtomicLong();
        Applying applying = new Applying(
                ports.ledger().lock(),
                ports.update(),
                ports.publisher(),
                leadership,
                throttle,
                progress,
                () -> Duration.ofSeconds(seconds.incrementAndGet()));
        loops = List.of(publishing, publishing, applying, recovering);
    }

    /** A database that is never asked how busy it is. */
    private record NoLoad() implements ServerLoad {
        @Override
        public Reading read() {
            throw new IllegalStateException("no limit, no question");
        }

        @Override
        public int replicas() {
            throw new IllegalStateException("no preflight in the model");
        }
    }

    /** Whether it completed its run. */
    public boolean isDone() {
        return done;
    }

    /** What its run came to. */
    public RecordTotals totals() {
        return ports.ledger().batches().totals(run.number());
    }
}
