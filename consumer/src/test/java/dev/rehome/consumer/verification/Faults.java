package dev.rehome.consumer.verification;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.store.InMemoryStore;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.StoreUnavailable;
import java.util.Optional;
import java.util.function.Predicate;

/** Faults that affect some locations. */
final class Faults {
    private Faults() {}

    static InMemoryStore.Fault unavailable(Predicate<Location> affected) {
        return new InMemoryStore.Fault() {
            @Override
            public Optional<Refusal> before(Location location) {
                if (affected.test(location)) {
                    throw new StoreUnavailable(location + ": InternalError", false, null);
                }
                return Optional.empty();
            }
        };
    }

    static InMemoryStore.Fault refusing(Predicate<Location> affected) {
        return new InMemoryStore.Fault() {
            @Override
            public Optional<Refusal> before(Location location) {
                return affected.test(location)
                        ? Optional.of(new Refusal(
                                FailureCode.ACCESS_DENIED, location + ": no right", Refusal.Scope.UNCERTAIN))
                        : Optional.empty();
            }
        };
    }
}
