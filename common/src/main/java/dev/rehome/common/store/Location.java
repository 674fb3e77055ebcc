package dev.rehome.common.store;

import java.util.Objects;

/**
 * A store's address of an object. In a listing, the address of all objects whose keys start with the object key.
 *
 * @param scheme the kind of store, as in the URI's scheme, never empty
 * @param container the bucket, file system or database that holds the object, never empty
 * @param objectKey the object's key in the container, byte for byte; nothing is normalised
 */
public record Location(String scheme, String container, String objectKey) {
    public Location {
        Objects.requireNonNull(objectKey, "objectKey");
        if (scheme.isEmpty() || container.isEmpty()) {
            throw new IllegalArgumentException("Expected a scheme and a container, got '" + scheme + "' and '"
                    + container + "' for object key '" + objectKey + "'");
        }
    }

    /** The address of another object in the same container. */
    public Location withObjectKey(String other) {
        return new Location(scheme, container, other);
    }

    @Override
    public String toString() {
        return scheme + "://" + container + "/" + objectKey;
    }
}
