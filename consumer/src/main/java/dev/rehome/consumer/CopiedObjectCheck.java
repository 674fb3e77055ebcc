package dev.rehome.consumer;

import dev.rehome.common.store.Location;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.StoreUnavailable;
import dev.rehome.common.store.TransferCheck;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
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

    /** Source and target of a copy that succeeded. */
    record Copy(Location source, Location target) {}

    /** Finds a copy that was made before this consumer started. */
    @FunctionalInterface
    interface EarlierCopy {
        Optional<Copy> find();
    }

    private final TransferCheck transfers;
    private final EarlierCopy earlier;
    private final Deque<Copy> latest = new ArrayDeque<>();

    CopiedObjectCheck(TransferCheck transfers, EarlierCopy earlier) {
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
        return earlier.find().map(List::of).orElse(List.of());
    }
}
