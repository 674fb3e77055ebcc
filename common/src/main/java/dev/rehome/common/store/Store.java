package dev.rehome.common.store;

import java.util.Optional;

/**
 * A place that holds objects. Safe for use by any thread.
 *
 * <p>Each operation is a role of its own, and a store has the roles that it supports: a role that is absent at first
 * stays absent. Callers declare the role that they need, not the store.
 *
 * <p>All roles block. They throw {@link StoreUnavailable} if repeating the call later may help; a permanent refusal is a
 * value, {@link Refusal}. Nothing else is thrown.
 */
public interface Store extends AutoCloseable {
    /** The address of an object in this store. */
    Location locate(String container, String objectKey);

    /** Describes objects without reading them. */
    default Optional<ObjectInspector> inspector() {
        return Optional.empty();
    }

    /** Lists objects. */
    default Optional<ObjectLister> lister() {
        return Optional.empty();
    }

    /** Reads objects. */
    default Optional<ObjectReader> reader() {
        return Optional.empty();
    }

    /** Writes objects. */
    default Optional<ObjectWriter> writer() {
        return Optional.empty();
    }

    /** Deletes objects. */
    default Optional<ObjectDeleter> deleter() {
        return Optional.empty();
    }

    /** Releases the connections. Calls that are in progress fail with {@link StoreUnavailable}. */
    @Override
    void close();
}
