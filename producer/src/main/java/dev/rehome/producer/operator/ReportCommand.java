package dev.rehome.producer.operator;

import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.process.ExitCode;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the report of the latest run. */
@Command(
        name = "report",
        description = {
            "Writes how each record of the latest run ended: CSV files and a manifest with totals, settings, timings and"
                    + " checksums. docs/REPORT.md describes them. While a run is in progress, the report covers what is"
                    + " applied so far."
        },
        exitCodeList = {"0:written", "1:failed; the message says why", "2:refused: no run has started yet"})
final class ReportCommand extends OperatorCommand {
    @Option(
            names = "--output",
            required = true,
            paramLabel = "PLACE",
            description = "A directory, or s3://bucket/prefix, which needs s3:PutObject.")
    private String place;

    @Option(names = "--failed-only", description = "Only the records that failed.")
    private boolean failedOnly;

    @Override
    int execute(Session session) {
        Optional<Run> run = session.latestRun();
        if (run.isEmpty()) {
            return refused("No run has started yet, so there is nothing to report.");
        }
        try {
            new ReportWriting(session.environment(), session.factory(), session.services(), session::print)
                    .write(run.get(), place, failedOnly);
            return ExitCode.COMPLETE;
        } catch (IOException | IllegalArgumentException failure) {
            System.err.println("The report can't be written to " + place + ": " + failure);
            return ExitCode.FAILED;
        }
    }
}
