package dev.rehome.common.process;

/** The exit codes of the processes. */
public final class ExitCode {
    /** Everything is done. */
    public static final int COMPLETE = 0;
    /** The process failed or was stopped; the log has the reason. */
    public static final int FAILED = 1;
    /** The settings are invalid, or the preflight refused; nothing was changed. */
    public static final int REFUSED = 2;
    /** Everything is done, but some records failed; the report lists them. */
    public static final int COMPLETE_WITH_FAILURES = 3;
    /** A verification found no reference to verify, or couldn't read the objects. */
    public static final int NOTHING_VERIFIED = 4;

    private ExitCode() {}
}
