package dev.rehome.common.store;

import dev.rehome.common.batch.FailureCode;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** A store in memory for tests of what is built on stores; held to the same contract as the real ones. */
public final class InMemoryStore implements Store {
    private final Set<String> buckets;
    private final Map<Location, StoredObject> objects = new ConcurrentHashMap<>();

    public InMemoryStore(String... buckets) {
        this.buckets = Set.of(buckets);
    }

    /** Writes an object, whatever was there. */
    public void put(Location location, StoredObject object) {
        objects.put(location, object);
    }

    /** Deletes an object, as a lifecycle rule might. */
    public void remove(Location location) {
        objects.remove(location);
    }

    /** What is there, or null. */
    public StoredObject get(Location location) {
        return objects.get(location);
    }

    @Override
    public CompletionStage<Optional<ObjectStat>> stat(Location location) {
        return CompletableFuture.completedFuture(Optional.ofNullable(objects.get(location))
                .map(object -> new ObjectStat(etag(object), object.text().length(), Instant.EPOCH, Map.of())));
    }

    @Override
    public ServerSideCopy copies() {
        return (source, target) -> CompletableFuture.completedFuture(copy(source, target));
    }

    private CopyResult copy(Location source, Location target) {
        if (!buckets.contains(source.bucket()) || !buckets.contains(target.bucket())) {
            return new CopyResult.Refused(FailureCode.REJECTED, source + " -> " + target + ": no such bucket");
        }
        StoredObject object = objects.get(source);
        if (object == null) {
            return new CopyResult.Refused(FailureCode.NOT_FOUND, source + " -> " + target + ": no such key");
        }
        StoredObject there = objects.putIfAbsent(target, object);
        if (there != null && !there.text().equals(object.text())) {
            return new CopyResult.Refused(
                    FailureCode.TARGET_CONFLICT, source + " -> " + target + ": another object is there");
        }
        return new CopyResult.Copied(etag(object), OptionalLong.of(object.text().length()), there == null);
    }

    private static String etag(StoredObject object) {
        return HexFormat.of().toHexDigits(object.text().hashCode());
    }

    @Override
    public void close() {
        objects.clear();
    }
}
