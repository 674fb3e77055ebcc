package dev.rehome.common.catalog;

/**
 * Something that the preflight found.
 *
 * @param severity whether it stands in the way
 * @param text what it is and what to do about it
 */
public record PreflightFinding(Severity severity, String text) {
    /** How much it matters. */
    public enum Severity {
        /** Good to know. */
        INFO,
        /** Read this before you run. */
        WARNING,
        /** Nothing is changed until this is resolved. */
        REFUSED
    }

    /** Good to know. */
    public static PreflightFinding info(String text) {
        return new PreflightFinding(Severity.INFO, text);
    }

    /** To be read before a run. */
    public static PreflightFinding warning(String text) {
        return new PreflightFinding(Severity.WARNING, text);
    }

    /** In the way of a run. */
    public static PreflightFinding refused(String text) {
        return new PreflightFinding(Severity.REFUSED, text);
    }
}
