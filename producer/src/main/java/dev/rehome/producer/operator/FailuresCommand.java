package dev.rehome.producer.operator;

import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.catalog.FailureLedger;
import dev.rehome.common.catalog.FailureLedger.Group;
import dev.rehome.common.catalog.RecordedOutcomes;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.process.Plural;
import dev.rehome.common.process.Printable;
import dev.rehome.common.settings.Environment;
import dev.rehome.producer.progress.SnapshotText;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the failed records of the latest run. */
@Command(
        name = "failures",
        description = {
            "Prints the failed records of the latest run by code: how many, since when, examples, and what to do."
                    + " With --csv, one line for each failed record."
        })
final class FailuresCommand extends OperatorCommand {
    @Option(names = "--code", paramLabel = "CODE", description = "Only failures with this code, such as NOT_FOUND.")
    private Optional<String> code = Optional.empty();

    @Option(names = "--csv", description = "Print CSV (RFC 4180); docs/REPORT.md describes the columns.")
    private boolean csv;

    @Option(
            names = "--spreadsheet",
            description = "With --csv: write an apostrophe before cells that a spreadsheet would take for a formula.")
    private boolean spreadsheet;

    @Override
    int execute(Session session) {
        Optional<Run> run = session.latestRun();
        FailureLedger failures = session.catalog().failures();
        Optional<String> unknown = code.filter(only -> !FailureCode.names().contains(only))
                .filter(only -> run.isEmpty()
                        || failures.groups(run.get().number()).stream()
                                .noneMatch(group -> group.code().equals(only)));
        if (unknown.isPresent()) {
            return refused("Unknown failure code " + Printable.of(unknown.get()) + "; did you mean "
                    + Environment.nearestOf(unknown.get(), FailureCode.names()) + "?");
        }
        if (csv) {
            session.out().print(CsvLine.of(OutcomeColumns.NAMES));
            run.ifPresent(latest -> list(failures, latest.number(), session.out()));
        } else if (run.isEmpty()) {
            session.print("No run has started yet.");
        } else {
            session.out().print(text(run.get(), failures));
        }
        session.out().flush();
        return ExitCode.COMPLETE;
    }

    private void list(FailureLedger failures, int run, PrintStream out) {
        Optional<BatchId> end = Optional.empty();
        do {
            RecordedOutcomes.Page page = failures.page(run, code, end);
            page.records().forEach(record -> {
                List<String> cells = OutcomeColumns.cells(record);
                out.print(spreadsheet ? CsvLine.forSpreadsheet(cells) : CsvLine.of(cells));
            });
            end = page.end();
        } while (end.isPresent() && !out.checkError());
    }

    private String text(Run run, FailureLedger failures) {
        List<Group> groups = failures.groups(run.number()).stream()
                .filter(group -> code.isEmpty() || code.get().equals(group.code()))
                .toList();
        long records = groups.stream().mapToLong(Group::records).sum();
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "Run %d: %s%s%n",
                run.number(),
                Plural.of(records, "failed record"),
                code.map(only -> " with code " + only).orElse("")));
        groups.forEach(group -> append(text, group));
        for (FailureLedger.RequeueTotal requeue : failures.requeues(run.number())) {
            text.append(String.format(
                    Locale.ROOT,
                    "  requeued %s by %s: %s (%s)%n",
                    SnapshotText.time(requeue.at()),
                    requeue.author(),
                    Plural.of(requeue.records(), "record"),
                    requeue.code().orElse("all codes")));
        }
        if (records > 0) {
            text.append(
                    run.completed().isPresent()
                            ? "The run is complete: the next `producer run` retries them.\n"
                            : "The run is in progress: `producer requeue --code X` or `--all` retries them in this run.\n");
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Group group) {
        text.append(String.format(
                Locale.ROOT,
                "  %-18s %,12d   first %s, last %s%n",
                group.code(),
                group.records(),
                SnapshotText.time(group.first()),
                SnapshotText.time(group.last())));
        text.append("      ").append(FailureCode.adviceFor(group.code())).append('\n');
        group.samples()
                .forEach(sample -> text.append("      row ")
                        .append(Printable.of(sample.rowKey().toString()))
                        .append(": ")
                        .append(Printable.of(sample.location()))
                        .append('\n'));
    }
}
