package dev.rehome.producer;

import dev.rehome.common.process.LogSettings;
import java.io.PrintStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the report at the end of a run in the format of the log. */
final class ReportOutput {
    private static final Logger LOG = LoggerFactory.getLogger(ReportOutput.class);

    private ReportOutput() {}

    /** Prints the report, or logs it with its numbers as fields where the log is JSON. */
    static void show(RunReport report, LogSettings log, PrintStream out) {
        if (log.format() == LogSettings.Format.TEXT) {
            out.println(report.text());
            return;
        }
        LOG.atInfo()
                .addKeyValue("run", report.run())
                .addKeyValue("migrated", report.totals().migrated())
                .addKeyValue("changed", report.totals().changed())
                .addKeyValue("deleted", report.totals().deleted())
                .addKeyValue("failed", report.failures().total())
                .addKeyValue("failures", report.failures().counts())
                .addKeyValue("seconds", report.took().toSeconds())
                .log(report.text());
    }
}
