package dev.rehome.emulation.model;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.store.ContentProof;
import dev.rehome.common.store.CopyResult;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.Refusal;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The objects of both buckets. Some source objects are missing, some can't be copied, and some targets are taken. */
final class SimulatedStore {
    private final TargetKeyRule keys;
    private final Set<String> sources = new HashSet<>();
    private final Set<String> targets = new HashSet<>();
    private int copies;

    SimulatedStore(TargetKeyRule keys) {
        this.keys = keys;
    }

    /** The application stores a source object, unless the object is one of those that are missing. */
    void put(String objectKey) {
        if (number(objectKey) % 5 != 0) {
            sources.add(objectKey);
        }
    }

    CompletionStage<CopyResult> copy(Location source, Location target) {
        return CompletableFuture.completedFuture(copied(source.objectKey(), target));
    }

    private CopyResult copied(String source, Location target) {
        if (!sources.contains(source)) {
            return Refusal.ofObject(FailureCode.NOT_FOUND, source);
        }
        if (isArchived(source)) {
            return Refusal.ofObject(FailureCode.ARCHIVED, source);
        }
        if (isTargetTaken(source)) {
            return Refusal.ofObject(FailureCode.TARGET_CONFLICT, target.objectKey());
        }
        copies += targets.add(target.objectKey()) ? 1 : 0;
        return new CopyResult.Copied(target, ContentProof.etag("etag"), OptionalLong.empty());
    }

    private static boolean isArchived(String objectKey) {
        return number(objectKey) % 7 == 3;
    }

    private static boolean isTargetTaken(String objectKey) {
        return number(objectKey) % 11 == 4;
    }

    private static int number(String objectKey) {
        return Integer.parseInt(objectKey.substring(objectKey.indexOf('/') + 1));
    }

    /** Whether a record with this location can be migrated: its key is legacy, and its object can be copied. */
    boolean isMigratable(String location) {
        return keys.isLegacy(location)
                && sources.contains(location)
                && !isArchived(location)
                && !isTargetTaken(location);
    }

    /** Whether the target object of a location was copied. */
    boolean isCopied(String location) {
        return targets.contains(keys.targetOf(location));
    }

    /** The number of objects that were copied and not there before. */
    int copies() {
        return copies;
    }
}
