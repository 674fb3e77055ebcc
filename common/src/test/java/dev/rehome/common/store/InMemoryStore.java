package dev.rehome.common.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rehome.common.batch.FailureCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/**
 * A store in memory that can fail, for tests of code that uses stores. It passes the contract tests that the real ones
 * pass. Safe for use by any thread.
 */
public final class InMemoryStore implements Store {
    private static final String SCHEME = "memory";

    private final Set<String> containers;
    private final Map<Location, StoredObject> objects = new ConcurrentSkipListMap<>(
            Comparator.comparing(Location::container).thenComparing(Location::objectKey));
    private volatile StoreFault fault = StoreFault.NONE;

    public InMemoryStore(String... containers) {
        this.containers = Set.of(containers);
    }

    /** Injects this fault into the calls from now on. */
    public void setFault(StoreFault fault) {
        this.fault = fault;
    }

    /** Writes an object past the store's roles, whatever was there. */
    public void put(Location location, StoredObject object) {
        objects.put(location, object);
    }

    /** Deletes an object, as a lifecycle rule might. */
    public void remove(Location location) {
        objects.remove(location);
    }

    /** The object at a location, or null. */
    public StoredObject get(Location location) {
        return objects.get(location);
    }

    @Override
    public Location locate(String container, String objectKey) {
        return new Location(SCHEME, container, objectKey);
    }

    @Override
    public Optional<ObjectInspector> inspector() {
        return Optional.of(location -> call(
                location,
                () -> StoreResult.of(Optional.ofNullable(objects.get(location)).map(InMemoryStore::stat))));
    }

    @Override
    public Optional<ObjectLister> lister() {
        return Optional.of((prefix, after, limit) -> call(prefix, () -> StoreResult.of(page(prefix, after, limit))));
    }

    private ObjectLister.Page page(Location prefix, Optional<String> after, int limit) {
        List<ObjectLister.Entry> found = objects.entrySet().stream()
                .filter(object -> object.getKey().container().equals(prefix.container()))
                .filter(object -> object.getKey().objectKey().startsWith(prefix.objectKey()))
                .filter(object -> after.isEmpty() || object.getKey().objectKey().compareTo(after.get()) > 0)
                .limit(limit + 1L)
                .map(object -> new ObjectLister.Entry(
                        object.getKey(),
                        stat(object.getValue()).size(),
                        stat(object.getValue()).proof()))
                .toList();
        boolean more = found.size() > limit;
        return new ObjectLister.Page(
                more ? found.subList(0, limit) : found,
                more ? Optional.of(found.get(limit - 1).location().objectKey()) : Optional.empty());
    }

    @Override
    public Optional<ObjectReader> reader() {
        return Optional.of(location -> call(location, () -> {
            StoredObject object = objects.get(location);
            return object == null
                    ? StoreResult.refused(notFound(location))
                    : StoreResult.of(new ByteArrayInputStream(object.text().getBytes(UTF_8)));
        }));
    }

    @Override
    public Optional<ObjectWriter> writer() {
        return Optional.of((location, content, size) -> call(location, () -> {
            StoredObject written = new StoredObject(text(content), "application/octet-stream", "", Map.of(), Map.of());
            objects.put(location, written);
            return StoreResult.of(proof(written));
        }));
    }

    @Override
    public Optional<ObjectDeleter> deleter() {
        return Optional.of(all -> all.stream().map(this::delete).toList());
    }

    private StoreResult<ObjectDeleter.Deletion> delete(ObjectDeleter.Expected expected) {
        return call(expected.location(), () -> {
            StoredObject object = objects.get(expected.location());
            if (object != null
                    && expected.proof().isPresent()
                    && !expected.proof().get().equals(proof(object))) {
                return StoreResult.refused(Refusal.ofObject(
                        FailureCode.SOURCE_CHANGED, expected.location() + ": the object has other content"));
            }
            objects.remove(expected.location());
            return StoreResult.of(ObjectDeleter.Deletion.DELETED);
        });
    }

    private static String text(InputStream content) {
        try {
            return new String(content.readAllBytes(), UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private <T> StoreResult<T> call(Location location, Supplier<StoreResult<T>> effect) {
        Optional<Refusal> refusal = fault.before(location).or(() -> missingContainer(location));
        if (refusal.isPresent()) {
            return StoreResult.refused(refusal.get());
        }
        StoreResult<T> result = effect.get();
        fault.after(location);
        return result;
    }

    /** Copies inside this store; completes before it returns. */
    public Transfer transfer() {
        return this::copy;
    }

    /** Checks copies inside this store. */
    public TransferCheck transferCheck() {
        return (source, target) -> fault.before(source)
                .or(() -> missingContainer(source))
                .or(() -> missingContainer(target))
                .or(() -> objects.containsKey(source) ? Optional.empty() : Optional.of(notFound(source)));
    }

    private CompletionStage<CopyResult> copy(Location source, Location target) {
        try {
            Optional<Refusal> refusal =
                    fault.before(source).or(() -> missingContainer(source)).or(() -> missingContainer(target));
            CopyResult result = refusal.isPresent() ? refusal.get() : copied(source, target);
            fault.after(source);
            return CompletableFuture.completedFuture(result);
        } catch (StoreUnavailable unavailable) {
            return CompletableFuture.failedFuture(unavailable);
        }
    }

    private CopyResult copied(Location source, Location target) {
        StoredObject object = objects.get(source);
        if (object == null) {
            return notFound(source + " -> " + target);
        }
        StoredObject existing = objects.putIfAbsent(target, object);
        if (existing != null && !existing.text().equals(object.text())) {
            return Refusal.ofObject(
                    FailureCode.TARGET_CONFLICT, source + " -> " + target + ": another object is at the target");
        }
        ObjectStat stat = stat(object);
        return new CopyResult.Copied(target, proof(object), OptionalLong.of(stat.size()));
    }

    private Optional<Refusal> missingContainer(Location location) {
        return containers.contains(location.container())
                ? Optional.empty()
                : Optional.of(new Refusal(
                        FailureCode.REJECTED, location + ": no such container", Refusal.Scope.EVERY_OBJECT));
    }

    private static Refusal notFound(Object where) {
        return Refusal.ofObject(FailureCode.NOT_FOUND, where + ": no such object");
    }

    private static ObjectStat stat(StoredObject object) {
        return new ObjectStat(
                Optional.of(proof(object)), object.text().getBytes(UTF_8).length, Instant.EPOCH, Set.of());
    }

    private static ContentProof proof(StoredObject object) {
        return ContentProof.etag(HexFormat.of().toHexDigits(object.text().hashCode()));
    }

    @Override
    public void close() {
        objects.clear();
    }
}
