package dev.rehome.store.s3.lean;

import dev.rehome.common.Unavailable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;

/**
 * The credentials of the SDK's provider, at hand without waiting. A thread asks the provider every few seconds; the
 * provider caches them and renews them before they expire, so asking costs nothing. While it can't, the last credentials
 * are kept. Safe for use by any thread.
 */
final class CurrentCredentials implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CurrentCredentials.class);
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final IdentityProvider<? extends AwsCredentialsIdentity> provider;
    private final CompletableFuture<Void> first = new CompletableFuture<>();
    private volatile AwsCredentialsIdentity current;
    private volatile Throwable lastFailure;
    private final ScheduledExecutorService refresher = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "s3-credentials");
        thread.setDaemon(true);
        return thread;
    });

    CurrentCredentials(IdentityProvider<? extends AwsCredentialsIdentity> provider) {
        this.provider = provider;
        refresher.scheduleWithFixedDelay(this::refresh, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void refresh() {
        try {
            current = provider.resolveIdentity().join();
            lastFailure = null;
        } catch (RuntimeException failure) {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (lastFailure == null) {
                LOG.warn("Can't refresh the AWS credentials: {}. Retrying every {} s", cause, PERIOD.toSeconds());
            }
            lastFailure = cause;
        } finally {
            first.complete(null);
        }
    }

    /** Completes once the provider has been asked. */
    CompletableFuture<Void> asked() {
        return first;
    }

    /**
     * The credentials, once {@link #asked} has completed.
     *
     * @throws Unavailable if the provider has never had any
     */
    AwsCredentialsIdentity get() {
        AwsCredentialsIdentity known = current;
        if (known == null) {
            throw new Unavailable("No AWS credentials: " + lastFailure, lastFailure);
        }
        return known;
    }

    @Override
    public void close() {
        refresher.shutdownNow();
    }
}
