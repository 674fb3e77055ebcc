package dev.rehome.consumer.verification;

import dev.rehome.common.Unavailable;
import dev.rehome.common.process.Backoff;
import dev.rehome.common.process.Retries;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.ObjectInspector;
import dev.rehome.common.store.ObjectStat;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.StoreResult;
import dev.rehome.common.store.StoreUnavailable;
import dev.rehome.consumer.verification.ObjectPair.StatResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Inspects the objects of one bucket. A failure of one object becomes a result; a failure that affects the whole bucket
 * ends the verification. Safe for use by any thread; blocks it.
 */
final class BucketInspector {
    /** The verification can't continue; the message says why and what to do. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failed(String message) {
            super(message);
        }
    }

    /** How often an object is tried while the store responds to other requests. */
    static final int TRIES = 6;
    /** How long a service may be unavailable before the verification ends. */
    private static final Duration LONGEST_OUTAGE = Duration.ofMinutes(2);

    static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));
    /** After this many objects that failed at every try, further ones are tried once, so that the time stays bounded. */
    static final int MOST_RETRIED_OBJECTS = 25;
    /** This many refusals without a readable object mean that the whole bucket is denied, not just a folder of it. */
    static final int SYSTEMIC_REFUSALS = 10_000;

    private final ObjectInspector store;
    private final Function<String, Location> locations;
    private final Retries retries;
    private final AtomicInteger unavailable = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean readableInWindow;
    private volatile Optional<String> lastReadable = Optional.empty();
    private volatile String lastRefusal = "";

    /** {@code locations}: the locations of object keys in the bucket. */
    BucketInspector(ObjectInspector store, Function<String, Location> locations, Retries retries) {
        this.store = store;
        this.locations = locations;
        this.retries = retries;
    }

    static boolean isOverdue(Duration elapsed) {
        return elapsed.compareTo(LONGEST_OUTAGE) >= 0;
    }

    /**
     * Inspects one object. It is retried for about 15 s if its requests fail while the store responds to others.
     *
     * @throws Failed if the store doesn't respond to any request for two minutes, or refuses every object
     */
    StatResult inspect(String objectKey) {
        Location location = locations.apply(objectKey);
        int tries = unavailable.get() < MOST_RETRIED_OBJECTS ? TRIES : 1;
        try {
            StoreResult<Optional<ObjectStat>> result =
                    retries.call(() -> store.stat(location), (failures, elapsed, failure) -> {
                        boolean isThrottled = ((StoreUnavailable) failure).isThrottled();
                        return isOverdue(elapsed) || (failures >= tries && !isThrottled && isResponding());
                    });
            return result.refusal()
                    .map(this::refused)
                    .orElseGet(() -> readable(objectKey, result.value().orElseThrow()));
        } catch (Unavailable failure) {
            if (!isResponding()) {
                throw new Failed(locations.apply("") + " has not responded for " + LONGEST_OUTAGE.toMinutes()
                        + " minutes. Nothing was changed; verify again when it is available. Last response: "
                        + failure.getMessage());
            }
            unavailable.incrementAndGet();
            return StatResult.failed(StatResult.State.UNAVAILABLE, failure.getMessage());
        }
    }

    /** Looks up an object that doesn't exist: any response shows that only the other object fails. */
    private boolean isResponding() {
        try {
            store.stat(locations.apply("rehome-availability-check"));
            return true;
        } catch (StoreUnavailable failure) {
            return false;
        }
    }

    private StatResult readable(String objectKey, Optional<ObjectStat> object) {
        readableInWindow = true;
        lastReadable = Optional.of(objectKey);
        return object.map(StatResult::found).orElse(StatResult.MISSING);
    }

    private StatResult refused(Refusal refusal) {
        if (refusal.scope() == Refusal.Scope.EVERY_OBJECT) {
            throw new Failed(locations.apply("") + " can't be verified: " + refusal.message());
        }
        refused.incrementAndGet();
        lastRefusal = refusal.message();
        return StatResult.failed(StatResult.State.REFUSED, refusal.message());
    }

    /**
     * Distinguishes a denied bucket from a denied folder. Called after each window of records, so that the order of its
     * objects doesn't matter.
     *
     * @throws Failed if no object of the bucket is readable, or none any more
     */
    void checkAccess() {
        if (readableInWindow) {
            refused.set(0);
            readableInWindow = false;
            return;
        }
        boolean isDenied = lastReadable
                .map(known -> refused.get() > 0 && inspect(known).isFailed())
                .orElse(refused.get() >= SYSTEMIC_REFUSALS);
        if (isDenied) {
            throw new Failed(locations.apply("") + " refuses every request. Grant the permission, or skip the source"
                    + " with --targets-only. Last response: " + lastRefusal);
        }
    }
}
