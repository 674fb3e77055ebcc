package dev.rehome.producer;

import dev.rehome.common.batch.BatchId;
import dev.rehome.common.catalog.CatalogTable;
import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.queue.BatchQueue;
import dev.rehome.producer.progress.Progress;
import dev.rehome.producer.throttle.Limits;
import dev.rehome.producer.throttle.RunWindows;
import dev.rehome.producer.throttle.ThrottleSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** A start of the producer for the model test: production's roles, one step at a time and without threads. */
public final class ModelProducer {
    private final ProducerServices services;
    private final RunSettings settings;
    private ProducerRoles roles;
    private int run;
    private boolean done;

    public ModelProducer(
            ProducerCatalog catalog,
            BatchQueue queue,
            Supplier<BatchId> ids,
            MonotonicClock clock,
            String name,
            int batchSize,
            Duration lease) {
        ThrottleSettings noThrottle =
                new ThrottleSettings(Limits.NONE, Limits.NONE, List.of(), RunWindows.ALWAYS, false);
        this.services =
                new ProducerServices(catalog, queue, Optional.empty(), ids, clock, InstantSource.system(), name);
        this.settings = new RunSettings(
                batchSize, Duration.ZERO, Integer.MAX_VALUE, Duration.ZERO, lease, noThrottle, Duration.ofHours(1));
    }

    /** Takes the lock and starts or resumes the run; after that, makes one step of a role chosen at random. */
    public void step(RandomGenerator random) {
        if (roles == null) {
            if (services.catalog().lock().acquire(Duration.ZERO)) {
                begin();
            }
        } else if (roles.result().isPresent()) {
            services.catalog().runs().complete(run, "{}");
            done = true;
        } else {
            List<ProducerRoles.Role> all = roles.all();
            all.get(random.nextInt(all.size())).step().run();
        }
    }

    private void begin() {
        Optional<Run> latest = services.catalog().runs().latest();
        RunStart start = RunStart.of(services.catalog().runs().startOrResume(Optional.empty()), latest);
        CatalogTable table = services.catalog().inspect().table().orElseThrow();
        roles = new ProducerRoles(services, settings, table, start, new Progress());
        run = start.run().number();
    }

    /** Whether it completed its run. */
    public boolean isDone() {
        return done;
    }
}
