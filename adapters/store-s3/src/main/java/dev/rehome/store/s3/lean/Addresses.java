package dev.rehome.store.s3.lean;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Resolves host names on another thread, so that no event loop waits for DNS, and rotates through a name's addresses.
 * The JVM's cache decides how long they are reused. Safe for use by any thread.
 */
final class Addresses {
    private final Executor lookups;
    private final Map<String, CompletableFuture<InetAddress[]>> pending = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();

    /** {@code lookups}: where the resolver is called. */
    Addresses(Executor lookups) {
        this.lookups = lookups;
    }

    /** One of the addresses of a host; fails with {@link UnknownHostException}, or when no more look-ups are made. */
    CompletableFuture<InetAddress> of(String host) {
        // Requests that ask at the same time share one look-up.
        CompletableFuture<InetAddress[]> lookup = pending.computeIfAbsent(host, this::started);
        lookup.whenComplete((found, failure) -> pending.remove(host, lookup));
        return lookup.thenApply(found -> found[Math.floorMod(turn.getAndIncrement(), found.length)]);
    }

    private CompletableFuture<InetAddress[]> started(String host) {
        try {
            return CompletableFuture.supplyAsync(() -> lookUp(host), lookups);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.failedFuture(closed);
        }
    }

    private static InetAddress[] lookUp(String host) {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException unknown) {
            throw new CompletionException(unknown);
        }
    }
}
