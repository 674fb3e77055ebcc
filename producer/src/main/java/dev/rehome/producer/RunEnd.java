package dev.rehome.producer;

import dev.rehome.common.process.ExitCode;

/** How a start of the producer ended. */
enum RunEnd {
    COMPLETE(ExitCode.COMPLETE, "the run is complete"),
    COMPLETE_WITH_FAILURES(ExitCode.COMPLETE_WITH_FAILURES, "the run is complete, but some records failed"),
    /** As many records are done as a canary moves. */
    BOUND_REACHED(ExitCode.COMPLETE, "the canary's records are done"),
    /** An earlier start completed the run; only the services had to be scaled. */
    ALREADY_COMPLETE(ExitCode.COMPLETE, "the run is complete"),
    /** The preflight refused; nothing was changed. */
    REFUSED(ExitCode.REFUSED, "the run was refused"),
    /** Incomplete, and starting again won't help until somebody removes the cause. */
    HALTED(ExitCode.FAILED, "the run is incomplete and can't continue without help; the producer's log says why"),
    /** Incomplete: an operator or a hard limit stopped it, and only an explicit start resumes it. */
    ABORTED(ExitCode.FAILED, "the run was stopped; it continues only when the producer is started again"),
    /** Incomplete; starting again resumes the run. */
    STOPPED(ExitCode.FAILED, "the producer was stopped");

    private final int exitCode;
    private final String text;

    RunEnd(int exitCode, String text) {
        this.exitCode = exitCode;
        this.text = text;
    }

    /** Whether the webhook announces it: not when the process was only stopped, nor after a canary. */
    boolean isNews() {
        return isComplete() || this == HALTED || this == ABORTED;
    }

    /** A description for the webhook. */
    String text() {
        return text;
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
