package dev.rehome.producer;

import dev.rehome.common.catalog.RunLedger.Run;
import java.util.Optional;

/**
 * The run to work on, and how this process came to it.
 *
 * @param run the run
 * @param origin how it began
 */
record RunStart(Run run, Origin origin) {
    /** How a run began. */
    enum Origin {
        /** It starts now: nothing is left in the queue that belongs to it. */
        NEW("started"),
        /** An earlier producer began it; the queue may remember the scan. */
        RESUMED("resumed"),
        /** Another producer completed it while this one waited for the lock. It is scanned once more to report on it. */
        COMPLETED_BY_ANOTHER("was completed by another producer; scanning once more to report on it");

        private final String text;

        Origin(String text) {
            this.text = text;
        }
    }

    /** Whether the scan continues where the queue remembers it. */
    boolean isResumed() {
        return origin == Origin.RESUMED;
    }

    /** A run that was just opened; {@code latest} is the latest run before that. */
    static RunStart of(Run opened, Optional<Run> latest) {
        boolean existed = latest.map(Run::id).equals(Optional.of(opened.id()));
        return new RunStart(opened, existed ? Origin.RESUMED : Origin.NEW);
    }

    /**
     * Decides whether the latest run is still the one to report on.
     *
     * @param before the latest run before this process waited for the lock
     * @param latest the latest run now
     * @param manifest the identity of the manifest to be migrated; empty without one
     */
    static Optional<RunStart> completedByAnother(
            Optional<Run> before, Optional<Run> latest, Optional<String> manifest) {
        return latest.filter(run -> run.completed().isPresent())
                .filter(run -> !latest.equals(before) && run.manifest().equals(manifest))
                .map(run -> new RunStart(run, Origin.COMPLETED_BY_ANOTHER));
    }

    @Override
    public String toString() {
        return "Run " + run.number() + " " + origin.text;
    }
}
