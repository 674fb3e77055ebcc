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
     * The same step for a loop of its own. Its log lines have these fields, and so have the lines that the loop logs about
     * it: the thread keeps them.
     */
    public static Loop.Step of(Map<String, String> fields, Loop.Step step) {
        return () -> {
            fields.forEach(MDC::put);
            return step.run();
        };
    }
}
