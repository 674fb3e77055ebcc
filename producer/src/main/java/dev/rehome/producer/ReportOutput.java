package dev.rehome.producer;

import dev.rehome.common.process.LogSettings;
import java.io.PrintStream;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Shows a report at the end of a run in the format of the log. */
final class ReportOutput {
    private static final Logger LOG = LoggerFactory.getLogger(ReportOutput.class);

    private ReportOutput() {}

    /** Prints the report, or logs it with its numbers as fields where the log is JSON. */
    static void show(String report, Map<String, ?> numbers, LogSettings log, PrintStream out) {
        if (log.format() == LogSettings.Format.TEXT) {
            out.println(report);
            return;
        }
        LoggingEventBuilder event = LOG.atInfo();
        for (Map.Entry<String, ?> number : numbers.entrySet()) {
            event = event.addKeyValue(number.getKey(), number.getValue());
        }
        event.log(report);
    }
}
