package dev.rehome.producer;

import dev.rehome.common.Rejected;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.catalog.WorkSource;
import dev.rehome.common.catalog.WorkSource.CountedWindow;
import dev.rehome.common.process.Loop;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the records to be migrated, one window per step, for the status line's percentage. For use by one thread. */
final class LegacyCount implements Loop.Step {
    private static final Logger LOG = LoggerFactory.getLogger(LegacyCount.class);
    private static final Duration ENDED = Duration.ofHours(1);

    private final WorkSource source;
    private final LongConsumer onCounted;
    private Optional<RowKey> position = Optional.empty();
    private long legacy;
    private boolean ended;

    /** {@code onCounted} receives the count, once. */
    LegacyCount(WorkSource source, LongConsumer onCounted) {
        this.source = source;
        this.onCounted = onCounted;
    }

    @Override
    public Duration run() {
        if (ended) {
            return ENDED;
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
