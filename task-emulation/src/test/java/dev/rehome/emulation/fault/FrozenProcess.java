package dev.rehome.emulation.fault;

import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A process that a {@link TcpProxy} freezes at a request; the proxy holds the request back until the process is thawed. */
public final class FrozenProcess {
    private final CompletableFuture<MigrationProcess> process = new CompletableFuture<>();
    private final CountDownLatch frozen = new CountDownLatch(1);
    private final CountDownLatch thawed = new CountDownLatch(1);

    /** Arms a proxy; then start the process behind it and pass it to {@link #started}. */
    public FrozenProcess(TcpProxy proxy, String request, int letPass) {
        proxy.before(request, letPass, this::freeze);
    }

    private void freeze() throws InterruptedException {
        process.join().freeze();
        frozen.countDown();
        if (!thawed.await(Await.RUN.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("the test didn't thaw the process within " + Await.RUN);
        }
    }

    /** The process to freeze. */
    public void started(MigrationProcess started) {
        process.complete(started);
    }

    /** Waits until the process is frozen. */
    public void awaitFrozen() {
        Await.until("the process is frozen", () -> frozen.getCount() == 0);
    }

    /** Lets the request and the process continue; returns the process. */
    public MigrationProcess thaw() {
        thawed.countDown();
        process.join().thaw();
        return process.join();
    }
}
