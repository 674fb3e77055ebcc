package dev.rehome.emulation.fault;

import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Consumers of which each dies as soon as it asks the store for one object. For use by one thread. */
public final class PoisonedConsumers implements AutoCloseable {
    private final EmulatedMigration migration;
    private final String poison;
    private final List<TcpProxy> proxies = new ArrayList<>();
    private final List<MigrationProcess> consumers = new ArrayList<>();

    /** {@code poison}: the key of the object in the legacy bucket. */
    public PoisonedConsumers(EmulatedMigration migration, String poison) {
        this.migration = migration;
        this.poison = poison;
    }

    /** Keeps so many of them running, as a service would, until the producer ends. */
    public void workUntilTheEndOf(MigrationProcess producer, int count) {
        Await.until("the producer ends", Await.RUN, () -> {
            consumers.removeIf(consumer -> !consumer.isAlive());
            while (consumers.size() < count && producer.isAlive()) {
                consumers.add(next());
            }
            return !producer.isAlive();
        });
    }

    private MigrationProcess next() {
        TcpProxy store = new TcpProxy(migration.servers().store().port());
        proxies.add(store);
        CompletableFuture<MigrationProcess> consumer = new CompletableFuture<>();
        store.upon(poison, () -> consumer.join().kill());
        consumer.complete(migration.consumer(Map.of("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + store.port())));
        return consumer.join();
    }

    /** Ends those that live. */
    @Override
    public void close() {
        consumers.forEach(MigrationProcess::kill);
        proxies.forEach(TcpProxy::close);
    }
}
