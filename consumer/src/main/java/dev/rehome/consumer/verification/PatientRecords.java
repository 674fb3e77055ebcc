package dev.rehome.consumer.verification;

import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.MigratedRecord;
import dev.rehome.common.catalog.MigratedRecord.MappingRowId;
import dev.rehome.common.catalog.MigratedRecords;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a while when the database is away, as in a failover, then fails as it does. */
record PatientRecords(MigratedRecords records, InstantSource time) implements MigratedRecords {
    private static final Logger LOG = LoggerFactory.getLogger(PatientRecords.class);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long PAUSE_MILLIS = 1_000;

    @Override
    public long count() {
        return patiently(records::count);
    }

    @Override
    public Page page(Optional<MappingRowId> after) {
        return patiently(() -> records.page(after));
    }

    @Override
    public MigratedRecord reread(MigratedRecord record) {
        return patiently(() -> records.reread(record));
    }

    @Override
    public void updateETag(MappingRowId place, String etag) {
        patiently(() -> {
            records.updateETag(place, etag);
            return true;
        });
    }

    private <T> T patiently(Supplier<T> call) {
        Instant end = time.instant().plus(PATIENCE);
        while (true) {
            try {
                return call.get();
            } catch (Unavailable away) {
                if (!time.instant().isBefore(end) || !slept()) {
                    throw away;
                }
                LOG.warn("{}; trying again", away.getMessage());
            }
        }
    }

    private static boolean slept() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
