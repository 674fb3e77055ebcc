package dev.rehome.store.s3.lean;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;

/**
 * The credentials, asked for at most once a second: a provider may read variables or files for each request, or block while
 * it renews them. Safe for use by any thread.
 */
final class CurrentCredentials {
    /** The SDK renews credentials minutes before they expire, so those of a moment ago are still valid. */
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
    /** Up to this age, requests use the known credentials while new ones are asked for. */
    private static final long USABLE_NANOS = Duration.ofSeconds(10).toNanos();

    private final IdentityProvider<? extends AwsCredentialsIdentity> provider;
    private final Executor thread;
    private volatile Known known;
    private CompletableFuture<AwsCredentialsIdentity> asking;

    private record Known(CompletableFuture<AwsCredentialsIdentity> identity, long at) {}

    /** {@code thread}: where the provider is called. */
    CurrentCredentials(IdentityProvider<? extends AwsCredentialsIdentity> provider, Executor thread) {
        this.provider = provider;
        this.thread = thread;
    }

    /** The credentials; complete unless they were not used for some seconds. Fails with the provider's exception. */
    CompletableFuture<AwsCredentialsIdentity> get() {
        Known latest = known;
        long age = latest == null ? Long.MAX_VALUE : System.nanoTime() - latest.at;
        if (age < FRESH_NANOS) {
            return latest.identity;
        }
        CompletableFuture<AwsCredentialsIdentity> next = ask();
        return age < USABLE_NANOS ? latest.identity : next;
    }

    private synchronized CompletableFuture<AwsCredentialsIdentity> ask() {
        if (asking == null) {
            CompletableFuture<AwsCredentialsIdentity> next = CompletableFuture.supplyAsync(
                    () -> provider.resolveIdentity().join(), thread);
            asking = next;
            next.whenComplete((identity, failure) -> asked(next, failure == null));
            return next;
        }
        return asking;
    }

    private synchronized void asked(CompletableFuture<AwsCredentialsIdentity> next, boolean succeeded) {
        if (asking == next) {
            asking = null;
        }
        if (succeeded) {
            known = new Known(next, System.nanoTime());
        }
    }

    /** Ends the wait for credentials that aren't here yet. */
    synchronized void close() {
        if (asking != null) {
            asking.completeExceptionally(new IOException("the client is closed"));
        }
    }
}
