package dev.rehome.emulation.chaos;

import java.util.Objects;

/**
 * Something that can go wrong.
 *
 * @param name what happens, in a few words
 * @param weight how often, against the others
 * @param strike does it, and mends it where nobody else would
 */
public record Fault(String name, int weight, Strike strike) {
    public Fault {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(strike, "strike");
        if (weight < 1) {
            throw new IllegalArgumentException("A fault has a weight of at least 1, not " + weight);
        }
    }

    /** Does a fault. */
    @FunctionalInterface
    public interface Strike {
        /** {@code freezeMillis}: how long a freeze lasts. */
        void at(long freezeMillis) throws InterruptedException;
    }
}
