package dev.rehome.consumer;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.MappingRowId;
import dev.rehome.common.catalog.MigratedRecord;
import dev.rehome.common.catalog.MigratedRecords;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.StoreUnavailable;
import dev.rehome.common.store.TransferCheck;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks whether an object that was copied before could be copied again. If it could, then a denial of other objects is
 * about those objects; if it couldn't, then it is about every object. Safe for use by any thread.
 */
final class CopiedObjectCheck {
    /** The result of a check. */
    enum Result {
        PERMITTED,
        DENIED,
        /** Nothing was copied yet, or the store is unavailable. */
        UNKNOWN
    }

    private static final Logger LOG = LoggerFactory.getLogger(CopiedObjectCheck.class);
    private static final int MOST = 4;
    /** The first pages of a ledger may hold nothing but failures. */
    private static final int MOST_PAGES = 10;

    /** Source and target of a copy that succeeded. */
    record Copy(Location source, Location target) {}

    private final TransferCheck transfers;
    private final Supplier<Optional<Copy>> earlier;
    private final Deque<Copy> latest = new ArrayDeque<>();

    /** {@code earlier}: finds a copy that was made before this consumer started. */
    CopiedObjectCheck(TransferCheck transfers, Supplier<Optional<Copy>> earlier) {
        this.transfers = transfers;
        this.earlier = earlier;
    }

    /** An object was copied. */
    void copied(Location source, Location target) {
        synchronized (latest) {
            if (latest.size() == MOST) {
                latest.removeFirst();
            }
            latest.addLast(new Copy(source, target));
        }
    }

    /** Checks the latest copies until one shows a result. Blocks. */
    Result check() {
        for (Copy copy : candidates()) {
            try {
                Optional<Refusal> refusal = transfers.check(copy.source(), copy.target());
                if (refusal.isEmpty()) {
                    return Result.PERMITTED;
                }
                if (refusal.get().scope() != Refusal.Scope.OBJECT) {
                    LOG.debug("Denied as well: {}", refusal.get());
                    return Result.DENIED;
                }
                synchronized (latest) {
                    latest.remove(copy);
                }
            } catch (StoreUnavailable unavailable) {
                LOG.debug("Check of a copied object: {}", unavailable.getMessage());
                return Result.UNKNOWN;
            }
        }
        return Result.UNKNOWN;
    }

    private List<Copy> candidates() {
        synchronized (latest) {
            if (!latest.isEmpty()) {
                return new ArrayList<>(latest);
            }
        }
        return earlier.get().map(List::of).orElse(List.of());
    }

    /** The first copy in the ledger, between two containers; empty if there is none or it can't be read. */
    static Optional<Copy> inLedger(Supplier<MigratedRecords> ledger, Location source, Location target) {
        try {
            MigratedRecords records = ledger.get();
            Optional<MappingRowId> end = Optional.empty();
            for (int pages = 0; pages == 0 || (end.isPresent() && pages < MOST_PAGES); pages++) {
                MigratedRecords.Page page = records.page(end);
                for (MigratedRecord first : page.records()) {
                    return Optional.of(new Copy(
                            source.withObjectKey(first.oldLocation()), target.withObjectKey(first.newLocation())));
                }
                end = page.end();
            }
        } catch (Unavailable | Rejected failure) {
            LOG.debug("No earlier copy could be read: {}", failure.getMessage());
        }
        return Optional.empty();
    }
}
