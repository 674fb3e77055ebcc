package dev.rehome.emulation.model;

/** Kills a simulated process. No production code catches it: what was done stays done, and nothing else happens. */
final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1L;

    SimulatedCrash() {
        super("crash", null, false, false);
    }
}
