package dev.rehome.common.store;

import dev.rehome.common.batch.FailureCode;
import java.util.Optional;
import java.util.function.Predicate;

/** A fault of an {@link InMemoryStore}. The location of a copy is its source. */
@FunctionalInterface
public interface StoreFault {
    StoreFault NONE = location -> Optional.empty();

    /** Called before a call takes effect; may refuse it or throw {@link StoreUnavailable}. */
    Optional<Refusal> before(Location location);

    /** Called after a call took effect; may throw {@link StoreUnavailable}. */
    default void after(Location location) {}

    /** The store is unavailable for these locations: nothing takes effect. */
    static StoreFault unavailable(Predicate<Location> affected) {
        return unavailable(affected, new StoreUnavailable("InternalError", false, null));
    }

    /** The same, with this failure. */
    static StoreFault unavailable(Predicate<Location> affected, StoreUnavailable failure) {
        return location -> {
            if (affected.test(location)) {
                throw failure;
            }
            return Optional.empty();
        };
    }

    /** The store denies access to these locations. */
    static StoreFault refusing(Predicate<Location> affected) {
        return refusing(affected, new Refusal(FailureCode.ACCESS_DENIED, "no right", Refusal.Scope.UNCERTAIN));
    }

    /** The store refuses calls for these locations. */
    static StoreFault refusing(Predicate<Location> affected, Refusal refusal) {
        return location -> affected.test(location) ? Optional.of(refusal) : Optional.empty();
    }

    /** Each call takes effect, but its response is lost. */
    static StoreFault lostResponses() {
        return new StoreFault() {
            @Override
            public Optional<Refusal> before(Location location) {
                return Optional.empty();
            }

            @Override
            public void after(Location location) {
                throw new StoreUnavailable(location + ": the response was lost", false, null);
            }
        };
    }
}
