package dev.rehome.store.s3;

import dev.rehome.common.store.Location;
import java.util.Objects;

/**
 * From where to where.
 *
 * @param source the object
 * @param target where its copy belongs
 */
record Route(Location source, Location target) {
    Route {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(target, "target");
    }

    @Override
    public String toString() {
        return source + " -> " + target;
    }
}
