package dev.rehome.producer;

import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.ObjectDeleter;
import dev.rehome.common.store.ObjectInspector;
import dev.rehome.common.store.ObjectLister;
import dev.rehome.common.store.Store;

/**
 * The two buckets of a migration. Closing it closes the store. Safe for use by any thread.
 *
 * @param store the store of both buckets
 * @param migration their names and prefixes
 */
public record Buckets(Store store, MigrationSettings migration) implements AutoCloseable {
    /** The location of an object key in the legacy bucket. */
    public Location source(String objectKey) {
        return store.locate(migration.sourceBucket(), objectKey);
    }

    /** The location of an object key in the target bucket. */
    public Location target(String objectKey) {
        return store.locate(migration.targetBucket(), objectKey);
    }

    public ObjectInspector inspector() {
        return store.inspector().orElseThrow();
    }

    public ObjectLister lister() {
        return store.lister().orElseThrow();
    }

    public ObjectDeleter deleter() {
        return store.deleter().orElseThrow();
    }

    @Override
    public void close() {
        store.close();
    }
}
