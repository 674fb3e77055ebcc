package dev.rehome.emulation.chaos;

import java.util.Objects;

/**
 * A fault to inject.
 *
 * @param name the fault in a few words
 * @param action injects it, and undoes it unless something else does
 */
record Fault(String name, Action action) {
    Fault {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(action, "action");
    }

    /** Injects a fault. */
    @FunctionalInterface
    interface Action {
        /** {@code freezeMillis}: how long a freeze lasts. */
        void inject(long freezeMillis) throws InterruptedException;
    }
}
