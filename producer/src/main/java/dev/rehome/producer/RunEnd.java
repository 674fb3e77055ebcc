package dev.rehome.producer;

import dev.rehome.common.process.ExitCode;

/** How a start of the producer ended. */
enum RunEnd {
    COMPLETE(ExitCode.COMPLETE),
    COMPLETE_WITH_FAILURES(ExitCode.COMPLETE_WITH_FAILURES),
    /** As many records are done as a canary moves. */
    BOUND_REACHED(ExitCode.COMPLETE),
    /** An earlier start completed the run; only the services had to be scaled. */
    ALREADY_COMPLETE(ExitCode.COMPLETE),
    /** The preflight refused; nothing was changed. */
    REFUSED(ExitCode.REFUSED),
    /** Incomplete, and starting again won't help until somebody removes the cause. */
    HALTED(ExitCode.FAILED),
    /** Incomplete: an operator or a hard limit stopped it, and only an explicit start resumes it. */
    ABORTED(ExitCode.FAILED),
    /** Incomplete; starting again resumes the run. */
    STOPPED(ExitCode.FAILED);

    private final int exitCode;

    RunEnd(int exitCode) {
        this.exitCode = exitCode;
    }

    /** Whether nothing is left of the run. */
    boolean isComplete() {
        return this == COMPLETE || this == COMPLETE_WITH_FAILURES || this == ALREADY_COMPLETE;
    }

    /** The exit code of the process, unless scaling fails afterwards. */
    int exitCode() {
        return exitCode;
    }
}
