package dev.rehome.common.store;

import java.util.Optional;

/**
 * Asks a store a harmless question before work starts, to find what makes every call fail: a wrong container, an unknown
 * host, missing credentials, a refused certificate.
 *
 * @param inspector the store's inspector
 */
public record StoreProbe(ObjectInspector inspector) {
    /**
     * Describes an object that need not exist.
     *
     * @param any a location in the container; a missing right to list or to read isn't a problem, because it may differ
     *     from folder to folder
     * @return the store's refusal of the whole container; empty if there is none
     * @throws StoreUnavailable if the store can't be reached, or not with these credentials
     */
    public Optional<Refusal> probe(Location any) {
        return inspector.stat(any).refusal().filter(refusal -> refusal.scope() == Refusal.Scope.EVERY_OBJECT);
    }
}
