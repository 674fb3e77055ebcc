package dev.rehome.consumer.verification;

import dev.rehome.common.store.Location;
import dev.rehome.common.store.Store;
import dev.rehome.consumer.store.StoreCalls;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Looks at the objects of one bucket. Safe for use by any thread. */
final class BucketLook {
    /** How long nothing at all may be answered before the verification is given up. */
    static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Quarantine in a row that make it look like a policy, not like an object. */
    static final int WHOLESALE = 25;

    private static final Executor THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "stat");
        thread.setDaemon(true);
        return thread;
    });

    private final Store store;
    private final String bucket;
    private final StoreCalls calls;
    private final InstantSource time;
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile Instant answered;

    BucketLook(Store store, String bucket, StoreCalls calls, InstantSource time) {
        this.store = store;
        this.bucket = bucket;
        this.calls = calls;
        this.time = time;
        this.answered = time.instant();
    }

    /** A new window begins: patience is counted anew. */
    void begin() {
        answered = time.instant();
    }

    /** Looks at an object; fails with {@link VerificationFailed} when nothing can be learned here. */
    CompletableFuture<Seen> at(String key) {
        Location location = store.locate(bucket, key);
        return calls.insist(
                        location,
                        () -> CompletableFuture.supplyAsync(
                                () -> store.inspector().orElseThrow().stat(location), THREADS),
                        this::isSilent)
                .handle((found, trouble) -> {
                    if (trouble instanceof StoreCalls.Abandoned) {
                        throw new VerificationFailed("s3://" + bucket + " has not answered for " + PATIENCE.toMinutes()
                                + " minutes. Nothing was changed; verify again when it does.");
                    }
                    begin();
                    if (trouble != null) {
                        throw new CompletionException(trouble);
                    }
                    if (found.refusal().isPresent()) {
                        return refused(found.refusal().get().message());
                    }
                    refusals.set(0);
                    return new Seen(found.orElseThrow(), "");
                });
    }

    private Seen refused(String message) {
        if (refusals.incrementAndGet() >= WHOLESALE) {
            throw new VerificationFailed(
                    "s3://" + bucket + " refuses every look. Grant the right, or leave the source out"
                            + " with --targets-only. Last: " + message);
        }
        return new Seen(Optional.empty(), message);
    }

    private boolean isSilent() {
        return Duration.between(answered, time.instant()).compareTo(PATIENCE) > 0;
    }
}
