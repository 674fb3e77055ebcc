package dev.rehome.producer.plan;

import dev.rehome.common.store.Location;
import dev.rehome.common.store.ObjectInspector;
import dev.rehome.common.store.ObjectLister;
import dev.rehome.common.store.Store;

/**
 * The two buckets of a migration, for reading.
 *
 * @param store the store of both
 * @param sourceBucket the legacy bucket
 * @param targetBucket the target bucket
 */
public record PlanStore(Store store, String sourceBucket, String targetBucket) {
    /** The location of an object key in the legacy bucket. */
    public Location source(String objectKey) {
        return store.locate(sourceBucket, objectKey);
    }

    /** The location of an object key in the target bucket. */
    public Location target(String objectKey) {
        return store.locate(targetBucket, objectKey);
    }

    public ObjectInspector inspector() {
        return store.inspector().orElseThrow();
    }

    public ObjectLister lister() {
        return store.lister().orElseThrow();
    }
}
