package dev.rehome.common.catalog;

/**
 * A finding of the preflight.
 *
 * @param severity whether it prevents a run
 * @param text what was found and what to do about it
 */
public record PreflightFinding(Severity severity, String text) {
    /** How much a finding matters. */
    public enum Severity {
        /** For information. */
        INFO,
        /** To be read before a run is started. */
        WARNING,
        /** Prevents the run; nothing is changed until it is resolved. */
        REFUSED
    }

    /** A finding for information. */
    public static PreflightFinding info(String text) {
        return new PreflightFinding(Severity.INFO, text);
    }

    /** A finding to be read before a run is started. */
    public static PreflightFinding warning(String text) {
        return new PreflightFinding(Severity.WARNING, text);
    }

    /** A finding that prevents the run. */
    public static PreflightFinding refused(String text) {
        return new PreflightFinding(Severity.REFUSED, text);
    }
}
