package dev.rehome.producer.audit;

import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.CatalogTable;
import dev.rehome.common.catalog.MigratedRecords;
import dev.rehome.common.catalog.WorkSource;
import dev.rehome.common.process.Retries;
import dev.rehome.common.store.Location;
import dev.rehome.producer.Buckets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Prepares an audit: its listings, and its sorted files in a directory.
 *
 * @param buckets both buckets
 * @param retries repeats calls of the store
 * @param directory for temporary files: about 150 bytes for each row, each migrated record and each object
 */
public record AuditRun(Buckets buckets, Retries retries, Path directory) {
    /** Entries of each sort in memory: with keys of 100 bytes, about 60 MB. */
    static final int IN_MEMORY = 200_000;

    /**
     * Audits.
     *
     * @param table the table
     * @param migrated the migrated records
     * @param hasManifest whether a manifest has chosen keys, also outside the prefixes: then both buckets are listed as a
     *     whole
     */
    public AuditProgress run(
            CatalogTable table,
            MigratedRecords migrated,
            boolean hasManifest,
            AuditResults results,
            Consumer<AuditProgress> progress)
            throws IOException {
        TargetKeyRule keys = buckets.migration().keys();
        Optional<WorkSource> listed = hasManifest ? Optional.of(table.work()) : Optional.empty();
        try (KeySort sources = new KeySort(directory, IN_MEMORY);
                KeySort targets = new KeySort(directory, IN_MEMORY)) {
            AuditClaims claims = new AuditClaims(sources, targets, keys, hasManifest);
            return new Audit(
                            new Audit.Catalog(table.locations(), listed, migrated),
                            bucket(buckets.source(hasManifest ? "" : keys.legacy())),
                            bucket(buckets.target(hasManifest ? "" : keys.target())),
                            claims,
                            results,
                            progress)
                    .run();
        }
    }

    private Audit.Bucket bucket(Location folder) {
        return new Audit.Bucket(
                folder.container(),
                new Listing(buckets.lister(), folder, retries),
                key -> exists(folder.withObjectKey(key)));
    }

    private boolean exists(Location location) {
        return retries.call(() -> buckets.inspector().stat(location), Listing.PATIENCE)
                .value()
                .flatMap(found -> found)
                .isPresent();
    }
}
