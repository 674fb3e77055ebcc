package dev.rehome.emulation.model;

/** A process dies. No rule of ours catches it: what was done stays done, nothing else happens. */
final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash() {
        super("crash", null, false, false);
    }
}
