package dev.rehome.store.s3.lean;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
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
}
