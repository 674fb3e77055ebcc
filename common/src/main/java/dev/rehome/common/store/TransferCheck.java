package dev.rehome.common.store;

import java.util.Optional;

/** Checks whether a copy would be permitted, without changing anything that a reader can see. Blocks; safe for any thread. */
@FunctionalInterface
public interface TransferCheck {
    /**
     * Checks one copy.
     *
     * @return the store's refusal; empty if the copy would be permitted
     * @throws StoreUnavailable if the store can't serve it now
     */
    Optional<Refusal> check(Location source, Location target);
}
