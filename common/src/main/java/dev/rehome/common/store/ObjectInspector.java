package dev.rehome.common.store;

import java.util.Optional;

/** Describes objects without reading them: the stat role of a store. Safe for use by any thread. */
@FunctionalInterface
public interface ObjectInspector {
    /**
     * Describes one object.
     *
     * @return the description; empty if the object doesn't exist
     * @throws StoreUnavailable if repeating the call later may help
     */
    StoreResult<Optional<ObjectStat>> stat(Location location);
}
