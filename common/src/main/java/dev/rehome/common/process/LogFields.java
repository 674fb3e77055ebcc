package dev.rehome.common.process;

import java.util.Map;
import org.slf4j.MDC;

/** Fields of every log line that a thread writes: which run, batch or consumer it is about. */
public final class LogFields {
    /** The number of the run. */
    public static final String RUN = "run";
    /** The id of the batch. */
    public static final String BATCH = "batch";
    /** The name of the consumer. */
    public static final String CONSUMER = "consumer";

    private LogFields() {}

    /**
     * Adds fields to the log lines of a step that has a loop of its own. The thread keeps them, so the lines that the loop
     * logs about the step have them, too.
     */
    public static Loop.Step of(Map<String, String> fields, Loop.Step step) {
        return () -> {
            fields.forEach(MDC::put);
            return step.run();
        };
    }
}
