package dev.rehome.emulation.fault;

import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import dev.rehome.emulation.process.MigrationProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Consumers that are killed as soon as they copy a certain object. For use by one thread. */
public final class PoisonedConsumers implements AutoCloseable {
    private final EmulatedMigration migration;
    private final String poison;
    private final List<TcpProxy> proxies = new ArrayList<>();
    private final List<MigrationProcess> consumers = new ArrayList<>();

    /** {@code poison}: the object key in the legacy bucket. */
    public PoisonedConsumers(EmulatedMigration migration, String poison) {
        this.migration = migration;
        this.poison = poison;
    }

    /** Keeps this many of them running until the producer ends, as an ECS service would. */
    public void workUntilTheEndOf(MigrationProgram producer, int count) {
        Await.until("the producer ends", Await.RUN, () -> {
            consumers.removeIf(consumer -> !consumer.isAlive());
            while (consumers.size() < count && producer.isAlive()) {
                consumers.add(next());
            }
            return !producer.isAlive();
        });
    }

    private MigrationProcess next() {
        TcpProxy store = Wire.store(migration);
        proxies.add(store);
        CompletableFuture<MigrationProcess> consumer = new CompletableFuture<>();
        store.upon(poison, () -> consumer.join().kill());
        consumer.complete(migration.consumerProcess(Wire.storeAt(store)));
        return consumer.join();
    }

    /** Kills those that run. */
    @Override
    public void close() {
        consumers.forEach(MigrationProcess::kill);
        proxies.forEach(TcpProxy::close);
    }
}
