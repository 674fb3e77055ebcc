package dev.rehome.store.s3.lean;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Looks host names up on a thread of its own, so that no event loop waits for a name server, and hands the addresses of a
 * name out in turn. The JVM's own cache decides how long an answer is reused. Safe for use by any thread.
 */
final class Addresses implements AutoCloseable {
    private final ExecutorService lookups = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "s3-names");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, CompletableFuture<InetAddress[]>> pending = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();

    /** One of the addresses of a host; fails with {@link UnknownHostException}. */
    CompletableFuture<InetAddress> of(String host) {
        // Requests that ask at the same time share one look-up.
        CompletableFuture<InetAddress[]> lookup =
                pending.computeIfAbsent(host, name -> CompletableFuture.supplyAsync(() -> lookUp(name), lookups));
        lookup.whenComplete((found, failure) -> pending.remove(host, lookup));
        return lookup.thenApply(found -> found[Math.floorMod(turn.getAndIncrement(), found.length)]);
    }

    private static InetAddress[] lookUp(String host) {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException unknown) {
            throw new CompletionException(unknown);
        }
    }

    @Override
    public void close() {
        lookups.shutdownNow();
    }
}
