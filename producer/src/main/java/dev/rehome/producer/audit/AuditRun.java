package dev.rehome.producer.audit;

import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.LocationScanner;
import dev.rehome.common.catalog.MigratedRecords;
import dev.rehome.common.process.Retries;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Prepares an audit: its listings, and its sorted files in a directory.
 *
 * @param store the store of both buckets
 * @param migration buckets and prefixes
 * @param retries repeats calls of the store
 * @param directory for temporary files: about 150 bytes for each row, each migrated record and each object
 */
public record AuditRun(Store store, MigrationSettings migration, Retries retries, Path directory) {
    /** Entries of each sort in memory: with keys of 100 bytes, about 60 MB. */
    private static final int IN_MEMORY = 200_000;

    /**
     * Audits.
     *
     * @param whole whether to list the buckets as a whole, because a manifest has chosen keys outside the prefixes
     */
    public AuditProgress run(
            LocationScanner locations,
            MigratedRecords migrated,
            boolean whole,
            Consumer<AuditFinding> findings,
            Consumer<AuditProgress> progress)
            throws IOException {
        TargetKeyRule keys = migration.keys();
        try (KeySort sources = new KeySort(directory, IN_MEMORY);
                KeySort targets = new KeySort(directory, IN_MEMORY)) {
            return new Audit(
                            new Audit.Catalog(locations, migrated, keys),
                            bucket(migration.sourceBucket(), whole ? "" : keys.legacy()),
                            bucket(migration.targetBucket(), whole ? "" : keys.target()),
                            sources,
                            targets,
                            findings,
                            progress)
                    .run();
        }
    }

    private Audit.Bucket bucket(String name, String prefix) {
        Location start = store.locate(name, prefix);
        return new Audit.Bucket(
                name,
                new Listing(store.lister().orElseThrow(), start, retries),
                key -> exists(start.withObjectKey(key)));
    }

    private boolean exists(Location location) {
        return store.inspector()
                .orElseThrow()
                .stat(location)
                .value()
                .flatMap(found -> found)
                .isPresent();
    }
}
