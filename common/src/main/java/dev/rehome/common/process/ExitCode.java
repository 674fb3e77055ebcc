package dev.rehome.common.process;

/** What the processes' exit codes mean. */
public final class ExitCode {
    /** All is done. */
    public static final int COMPLETE = 0;
    /** It failed; the log says why. */
    public static final int FAILED = 1;
    /** Wrong settings, or refused by the preflight; nothing was changed. */
    public static final int REFUSED = 2;
    /** All is done, but some records failed: the report names them. */
    public static final int COMPLETE_WITH_FAILURES = 3;

    /** The verification found no reference to verify. */
    public static final int NOTHING_VERIFIED = 4;

    private ExitCode() {}
}
