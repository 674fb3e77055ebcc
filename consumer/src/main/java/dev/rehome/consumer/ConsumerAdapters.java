package dev.rehome.consumer;

import dev.rehome.catalog.mariadb.MariaDbCatalog;
import dev.rehome.common.catalog.MigratedRecords;
import dev.rehome.common.catalog.OutcomeLedger;
import dev.rehome.common.catalog.RunLedger;
import dev.rehome.common.queue.BatchQueue;
import dev.rehome.common.scaling.ServiceScaler;
import dev.rehome.common.settings.MigrationIdentity;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.ObjectInspector;
import dev.rehome.common.store.Transfer;
import dev.rehome.common.store.TransferCheck;
import dev.rehome.queue.redis.RedisBatchQueue;
import dev.rehome.services.ecs.EcsServices;
import dev.rehome.store.s3.S3Store;
import java.util.Optional;

/** Chooses the implementations for {@code run}: no other class of it names one. */
final class ConsumerAdapters implements AutoCloseable {
    private final S3Store store;
    private final RedisBatchQueue queue;
    private final MariaDbCatalog catalog;
    private final Optional<EcsServices> services;

    /** Connects at the first use of each. */
    ConsumerAdapters(ConsumerSettings settings) {
        this.store = settings.data().openStore();
        this.queue = new RedisBatchQueue(
                settings.redis(),
                settings.queue(),
                MigrationIdentity.of(
                        settings.data().migration(), settings.data().catalog().identity()));
        this.catalog = settings.data().openCatalog(settings.copying().batches() + 1);
        this.services = settings.scaling().map(scaling -> new EcsServices(scaling.cluster()));
    }

    /** A bucket, as a location without an object key. */
    Location bucket(String name) {
        return store.locate(name, "");
    }

    Transfer transfer() {
        return store.serverSideCopy();
    }

    TransferCheck transferCheck() {
        return store.copyCheck();
    }

    ObjectInspector inspector() {
        return store.inspector().orElseThrow();
    }

    BatchQueue queue() {
        return queue;
    }

    OutcomeLedger outcomes() {
        return catalog.outcomes();
    }

    RunLedger runs() {
        return catalog.runs();
    }

    MigratedRecords migrated() {
        return catalog.migrated();
    }

    Optional<ServiceScaler> services() {
        return services.map(ServiceScaler.class::cast);
    }

    @Override
    public void close() {
        try (store;
                queue;
                catalog) {
            services.ifPresent(ServiceScaler::close);
        }
    }
}
