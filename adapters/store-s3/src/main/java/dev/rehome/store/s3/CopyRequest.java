package dev.rehome.store.s3;

import dev.rehome.common.store.Location;
import java.util.Objects;

/**
 * One object to be copied.
 *
 * @param source the object
 * @param target where its copy belongs
 */
record CopyRequest(Location source, Location target) {
    CopyRequest {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(target, "target");
    }

    @Override
    public String toString() {
        return source + " -> " + target;
    }
}
