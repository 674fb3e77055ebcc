package dev.rehome.producer;

import dev.rehome.common.process.Loop;
import dev.rehome.common.queue.QueueDepth;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs once when a draining run has no batch in flight and every copied batch is applied. */
final class DrainReport implements Loop.Step {
    private static final Logger LOG = LoggerFactory.getLogger(DrainReport.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final BooleanSupplier draining;
    private final Supplier<QueueDepth> depth;
    private boolean drained;

    DrainReport(BooleanSupplier draining, Supplier<QueueDepth> depth) {
        this.draining = draining;
        this.depth = depth;
    }

    @Override
    public Duration run() {
        if (!draining.getAsBoolean()) {
            drained = false;
            return PERIOD;
        }
        QueueDepth now = depth.get();
        if (!drained && now.leased() == 0 && now.copied() == 0) {
            LOG.info(
                    "Drained: no batch is in flight and every copied batch is applied. {} pending batches stay in the"
                            + " queue; all processes can be stopped now",
                    now.pending());
            drained = true;
        }
        return PERIOD;
    }
}
