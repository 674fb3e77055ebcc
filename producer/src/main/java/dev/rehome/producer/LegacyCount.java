package dev.rehome.producer;

import dev.rehome.common.Rejected;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.catalog.WorkSource;
import dev.rehome.common.catalog.WorkSource.CountedWindow;
import dev.rehome.common.process.Loop;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the records to be migrated, one window per step, for the status line's percentage. For use by one thread. */
final class LegacyCount implements Loop.Step {
    private static final Logger LOG = LoggerFactory.getLogger(LegacyCount.class);
    private static final Duration NOT_NEEDED = Duration.ofSeconds(1);
    private static final Duration ENDED = Duration.ofHours(1);

    private final WorkSource source;
    private final BooleanSupplier mustCount;
    private final LongConsumer onCounted;
    private Optional<RowKey> position = Optional.empty();
    private long legacy;
    private boolean ended;

    /**
     * {@code mustCount} says whether the count is needed, as soon as that is known; {@code onCounted} receives it, once.
     */
    LegacyCount(WorkSource source, BooleanSupplier mustCount, LongConsumer onCounted) {
        this.source = source;
        this.mustCount = mustCount;
        this.onCounted = onCounted;
    }

    @Override
    public Duration run() {
        if (ended) {
            return ENDED;
        }
        if (!mustCount.getAsBoolean()) {
            return NOT_NEEDED;
        }
        try {
            CountedWindow window = source.count(position);
            legacy += window.legacy();
            position = window.end();
        } catch (Rejected refused) {
            LOG.warn("{}; the status line shows no percentage", refused.getMessage());
            ended = true;
            return ENDED;
        }
        ended = position.isEmpty();
        if (ended) {
            onCounted.accept(legacy);
        }
        return Duration.ZERO;
    }
}
