package dev.rehome.consumer.verification;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.store.InMemoryStore;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.StoreUnavailable;
import java.util.Optional;
import java.util.function.Predicate;

/** Faults that affect some locations. */
public final class Faults {
    private Faults() {}

    static InMemoryStore.Fault unavailable(Predicate<Location> affected) {
        return unavailable(affected, new StoreUnavailable("InternalError", false, null));
    }

    /** The store is unavailable. */
    public static InMemoryStore.Fault unavailable(Predicate<Location> affected, StoreUnavailable failure) {
        return new InMemoryStore.Fault() {
            @Override
            public Optional<Refusal> before(Location location) {
                if (affected.test(location)) {
                    throw failure;
                }
                return Optional.empty();
            }
        };
    }

    static InMemoryStore.Fault refusing(Predicate<Location> affected) {
        return refusing(affected, new Refusal(FailureCode.ACCESS_DENIED, "no right", Refusal.Scope.UNCERTAIN));
    }

    /** The store refuses. */
    public static InMemoryStore.Fault refusing(Predicate<Location> affected, Refusal refusal) {
        return new InMemoryStore.Fault() {
            @Override
            public Optional<Refusal> before(Location location) {
                return affected.test(location) ? Optional.of(refusal) : Optional.empty();
            }
        };
    }
}
