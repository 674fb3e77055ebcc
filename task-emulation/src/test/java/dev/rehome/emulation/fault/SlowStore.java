package dev.rehome.emulation.fault;

import dev.rehome.emulation.migration.EmulatedMigration;
import java.time.Duration;

/** Makes each answer of a migration's object store late, so that even a fast machine is in the middle when a fault strikes. */
public final class SlowStore implements AutoCloseable {
    private static final Duration DELAY = Duration.ofMillis(30);

    private final EmulatedMigration migration;
    private final TcpProxy proxy;

    public SlowStore(EmulatedMigration migration) {
        this.migration = migration;
        this.proxy = new TcpProxy(migration.servers().store().port());
        proxy.delay(DELAY);
    }

    /** Slows down all processes of the migration that are started from now on, with one copy at a time in each. */
    public void begin() {
        migration
                .with("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + proxy.port())
                .with("COPY_CONCURRENCY", 1);
    }

    @Override
    public void close() {
        proxy.close();
    }
}
