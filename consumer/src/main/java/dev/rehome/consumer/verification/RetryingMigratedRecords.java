package dev.rehome.consumer.verification;

import dev.rehome.common.catalog.MigratedRecord;
import dev.rehome.common.catalog.MigratedRecord.MappingRowId;
import dev.rehome.common.catalog.MigratedRecords;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats calls for two minutes while the database is unavailable, as in a failover. */
record RetryingMigratedRecords(MigratedRecords records, Retries retries) implements MigratedRecords {
    private static final Logger LOG = LoggerFactory.getLogger(RetryingMigratedRecords.class);

    @Override
    public long count() {
        return retrying(records::count);
    }

    @Override
    public Page page(Optional<MappingRowId> after) {
        return retrying(() -> records.page(after));
    }

    @Override
    public MigratedRecord reread(MigratedRecord record) {
        return retrying(() -> records.reread(record));
    }

    @Override
    public void updateProof(MappingRowId id, String proof) {
        retrying(() -> {
            records.updateProof(id, proof);
            return id;
        });
    }

    private <T> T retrying(Supplier<T> call) {
        return retries.call(call, (failures, elapsed, failure) -> {
            boolean giveUp = Retries.isOverdue(elapsed);
            if (!giveUp) {
                LOG.warn("The database is unavailable, retrying: {}", failure.getMessage());
            }
            return giveUp;
        });
    }
}
