package dev.rehome.consumer;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.MigratedRecord;
import dev.rehome.common.catalog.MigratedRecord.MappingRowId;
import dev.rehome.common.catalog.MigratedRecords;
import dev.rehome.common.store.Location;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds a copy in the ledger that was made before this consumer started.
 *
 * @param ledger the migrated records; read at each call
 * @param source the source container
 * @param target the target container
 */
record EarlierCopies(Supplier<MigratedRecords> ledger, Location source, Location target)
        implements CopiedObjectCheck.EarlierCopy {
    private static final Logger LOG = LoggerFactory.getLogger(EarlierCopies.class);
    /** The first pages of a ledger may hold nothing but failures. */
    private static final int MOST_PAGES = 10;

    @Override
    public Optional<CopiedObjectCheck.Copy> find() {
        try {
            MigratedRecords records = ledger.get();
            Optional<MappingRowId> after = Optional.empty();
            for (int read = 0; read < MOST_PAGES; read++) {
                MigratedRecords.Page page = records.page(after);
                if (!page.records().isEmpty()) {
                    return Optional.of(copy(page.records().get(0)));
                }
                after = page.end();
                if (after.isEmpty()) {
                    break;
                }
            }
        } catch (Unavailable | Rejected failure) {
            LOG.debug("No earlier copy could be read: {}", failure.getMessage());
        }
        return Optional.empty();
    }

    private CopiedObjectCheck.Copy copy(MigratedRecord record) {
        return new CopiedObjectCheck.Copy(
                source.withObjectKey(record.oldLocation()), target.withObjectKey(record.newLocation()));
    }
}
