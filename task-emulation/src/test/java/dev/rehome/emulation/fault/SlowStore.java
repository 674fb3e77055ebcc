package dev.rehome.emulation.fault;

import dev.rehome.emulation.migration.EmulatedMigration;
import java.time.Duration;

/** Delays each response of a migration's object store, so that a fault hits the middle of a run even on a fast machine. */
public final class SlowStore implements AutoCloseable {
    private static final Duration DELAY = Duration.ofMillis(30);

    private final EmulatedMigration migration;
    private final TcpProxy proxy;

    public SlowStore(EmulatedMigration migration) {
        this.migration = migration;
        this.proxy = Wire.store(migration);
        proxy.delay(DELAY);
    }

    /** Slows down all processes of the migration that are started from now on, and limits each to one copy at a time. */
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
