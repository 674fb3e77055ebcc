package dev.rehome.emulation.fault;

import dev.rehome.emulation.migration.EmulatedMigration;
import java.util.concurrent.Semaphore;

/**
 * Lets a number of copies through to a migration's object store and holds back the others until the test lets them through
 * too. So a fault hits the middle of a run, and the run waits until the test has seen its effect, however fast or slow the
 * machine is. Consumers renew their leases meanwhile.
 */
public final class StoreGate implements AutoCloseable {
    private static final String COPY = "x-amz-copy-source";

    private final TcpProxy proxy;
    private final Semaphore copies;
    private volatile boolean isOpen;

    /**
     * Concerns all programs of the migration that are started from now on. Each consumer makes one copy at a time, of one
     * batch at a time, so that batches are finished in their order. A consumer may need one copy more than it has records,
     * because it finds out what the server can do.
     */
    public StoreGate(EmulatedMigration migration, int copies) {
        this.copies = new Semaphore(copies);
        this.proxy = Wire.store(migration);
        proxy.upon(COPY, this::await);
        Wire.storeAt(proxy).forEach(migration::with);
        migration.with("COPY_CONCURRENCY", 1).with("BATCHES_IN_FLIGHT", 1);
    }

    private void await() throws InterruptedException {
        if (!isOpen) {
            copies.acquire();
        }
    }

    /** Lets this many more copies through. */
    public void pass(int more) {
        copies.release(more);
    }

    /** Lets all copies through. */
    public void open() {
        isOpen = true;
        copies.release(10_000);
    }

    @Override
    public void close() {
        open();
        proxy.close();
    }
}
