package dev.rehome.emulation.chaos;

import java.util.Objects;

/**
 * Something that can go wrong.
 *
 * @param name what happens, in a few words
 * @param strike does it, and mends it where nobody else would
 */
public record Fault(String name, Strike strike) {
    public Fault {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(strike, "strike");
    }

    /** Does a fault. */
    @FunctionalInterface
    public interface Strike {
        /** {@code freezeMillis}: how long a freeze lasts. */
        void at(long freezeMillis) throws InterruptedException;
    }
}
