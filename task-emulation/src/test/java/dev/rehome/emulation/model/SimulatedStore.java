package dev.rehome.emulation.model;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.store.ContentProof;
import dev.rehome.common.store.CopyResult;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.StoreUnavailable;
import dev.rehome.common.store.Transfer;
import dev.rehome.common.store.TransferCheck;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * The objects of both buckets; the number in a key is the object's content. Some source objects are missing, archived,
 * denied or never delivered. Others put objects under new keys. Any request may fail for a moment, and for a while the
 * store denies all of them.
 */
final class SimulatedStore implements Transfer, TransferCheck {
    private static final int OTHER_CONTENT = -1;
    private static final int FAILING = 6;

    private final RandomGenerator random;
    private final TargetKeyRule keys;
    private final Set<String> sources = new HashSet<>();
    private final Map<String, Integer> targets = new HashMap<>();
    private boolean deniesAll;
    private boolean sound;
    private int copies;

    SimulatedStore(RandomGenerator random, TargetKeyRule keys) {
        this.random = random;
        this.keys = keys;
    }

    /** The application stores a source object, unless the object is one of those that are missing. */
    void put(String objectKey) {
        if (number(objectKey) % 5 != 0) {
            sources.add(objectKey);
        }
    }

    /** Somebody stores an object under a new key that is free: the same content as the source's, or another. */
    void occupy(int number) {
        targets.putIfAbsent(keys.targetOf("old/" + number), random.nextBoolean() ? number : OTHER_CONTENT);
    }

    /** Begins or ends a time in which every request is denied. */
    void toggleDenial() {
        deniesAll = !deniesAll;
    }

    /** From now on no request fails for a moment. */
    void heal() {
        deniesAll = false;
        sound = true;
    }

    @Override
    public CompletionStage<CopyResult> copy(Location source, Location target) {
        String key = source.objectKey();
        return (deniesAll || !isUndelivered(key)) && (sound || random.nextInt(FAILING) > 0)
                ? CompletableFuture.completedFuture(copied(key, target))
                : CompletableFuture.failedFuture(new StoreUnavailable("500", random.nextBoolean(), null));
    }

    private CopyResult copied(String source, Location target) {
        if (deniesAll || isDenied(source)) {
            return denial(source);
        }
        if (!sources.contains(source)) {
            return Refusal.ofObject(FailureCode.NOT_FOUND, source);
        }
        if (isArchived(source)) {
            return Refusal.ofObject(FailureCode.ARCHIVED, source);
        }
        Integer existing = targets.get(target.objectKey());
        if (existing != null && existing != number(source)) {
            return Refusal.ofObject(FailureCode.TARGET_CONFLICT, target.objectKey());
        }
        copies += targets.put(target.objectKey(), number(source)) == null ? 1 : 0;
        return new CopyResult.Copied(target, ContentProof.etag("etag"), OptionalLong.empty());
    }

    @Override
    public Optional<Refusal> check(Location source, Location target) {
        return deniesAll ? Optional.of(denial(source.objectKey())) : Optional.empty();
    }

    private static Refusal denial(String key) {
        return new Refusal(FailureCode.ACCESS_DENIED, key, Refusal.Scope.UNCERTAIN);
    }

    private static boolean isUndelivered(String objectKey) {
        return number(objectKey) % 13 == 6;
    }

    private boolean hasOtherTarget(String objectKey) {
        return targets.getOrDefault(keys.targetOf(objectKey), number(objectKey)) != number(objectKey);
    }

    private static boolean isArchived(String objectKey) {
        return number(objectKey) % 7 == 3;
    }

    private static boolean isDenied(String objectKey) {
        return number(objectKey) % 11 == 4;
    }

    private static int number(String objectKey) {
        return Integer.parseInt(objectKey.substring(objectKey.indexOf('/') + 1));
    }

    /** Whether a record with this location can be migrated: its key is legacy, and its object can be copied. */
    boolean isMigratable(String location) {
        return keys.isLegacy(location)
                && sources.contains(location)
                && !isUndelivered(location)
                && !isArchived(location)
                && !isDenied(location)
                && !hasOtherTarget(location);
    }

    /** Whether a record with this location can have failed for this reason. */
    boolean isTrue(String location, FailureCode reason) {
        return switch (reason) {
            case NOT_FOUND -> !sources.contains(location);
            case ARCHIVED -> isArchived(location);
            case ACCESS_DENIED -> isDenied(location);
            case STORE_ERROR -> isUndelivered(location);
            case TARGET_CONFLICT -> hasOtherTarget(location);
            default -> false;
        };
    }

    /** Whether the target of a location has the object's content. */
    boolean isCopied(String location) {
        return targets.getOrDefault(keys.targetOf(location), OTHER_CONTENT) == number(location);
    }

    /** The number of objects that were copied and not there before. */
    int copies() {
        return copies;
    }
}
