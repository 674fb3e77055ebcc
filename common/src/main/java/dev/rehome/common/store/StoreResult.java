package dev.rehome.common.store;

import dev.rehome.common.Rejected;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of a call: either a value or the store's permanent refusal.
 *
 * @param value present unless the store refused
 * @param refusal present if the store refused
 * @param <T> the type of the value
 */
public record StoreResult<T>(Optional<T> value, Optional<Refusal> refusal) {
    public StoreResult {
        Objects.requireNonNull(value, "value");
        if (value.isPresent() == refusal.isPresent()) {
            throw new IllegalArgumentException("Expected either a value or a refusal");
        }
    }

    public static <T> StoreResult<T> of(T value) {
        return new StoreResult<>(Optional.of(value), Optional.empty());
    }

    public static <T> StoreResult<T> refused(Refusal refusal) {
        return new StoreResult<>(Optional.empty(), Optional.of(refusal));
    }

    /**
     * The value, for callers that can't continue without it.
     *
     * @throws Rejected with the store's error if it refused
     */
    public T orElseThrow() {
        return value.orElseThrow(() -> new Rejected(refusal.orElseThrow().message()));
    }
}
