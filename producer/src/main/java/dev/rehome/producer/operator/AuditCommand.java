package dev.rehome.producer.operator;

import dev.rehome.common.catalog.CatalogTable;
import dev.rehome.common.process.ExitCode;
import dev.rehome.producer.Buckets;
import dev.rehome.producer.audit.AuditFinding;
import dev.rehome.producer.audit.AuditProgress;
import dev.rehome.producer.audit.AuditReport;
import dev.rehome.producer.audit.AuditResults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reconciles rows, mapping table and both buckets. */
@Command(
        name = "audit",
        description = {
            "Reconciles rows, mapping table and both buckets: lists the buckets instead of requesting each object."
                    + " Changes nothing and can run at any time; the result is exact when nothing else changes rows or"
                    + " objects meanwhile.",
            "Sorts on disk: --temp needs about 150 bytes for each row, each migrated record and each object."
        },
        exitCodeList = {
            "0:everything agrees; notes may be listed",
            "1:failed; the message says why",
            "2:refused: no run has started yet, or the table can't be read",
            "3:not everything agrees"
        })
final class AuditCommand extends AuditingCommand {
    private static final List<String> COLUMNS = List.of("kind", "problem", "bucket", "object_key", "detail");

    @Option(names = "--json", description = "Print one JSON object with the counts.")
    private boolean json;

    @Option(names = "--output", paramLabel = "FILE", description = "Write every finding to this CSV file.")
    private Path output;

    @Override
    Optional<String> refusal(Session session) {
        return session.latestRun().isPresent()
                ? Optional.empty()
                : Optional.of("No run has started yet, so there is nothing to audit.");
    }

    @Override
    int execute(Session session, CatalogTable table, Buckets buckets) throws IOException {
        AuditReport report = new AuditReport();
        try (ReportDestination.Directory directory = new ReportDestination.Directory(folder());
                ReportFile file = output == null
                        ? null
                        : new ReportFile(directory, output.getFileName().toString())) {
            if (file != null) {
                file.write(CsvLine.of(COLUMNS));
            }
            AuditResults results = finding -> {
                report.add(finding);
                write(file, finding);
            };
            AuditProgress read = audit(session, table, buckets, results, json ? quiet -> {} : session::print);
            if (file != null) {
                file.publish();
            }
            session.out().print(json ? report.json(read) + "\n" : report.text(read));
            session.out().flush();
        }
        return report.isClean() ? ExitCode.COMPLETE : ExitCode.COMPLETE_WITH_FAILURES;
    }

    private Path folder() {
        Path parent = output == null ? null : output.toAbsolutePath().getParent();
        return parent == null ? Path.of("") : parent;
    }

    private static void write(ReportFile file, AuditFinding finding) {
        if (file == null) {
            return;
        }
        try {
            file.record(CsvLine.of(List.of(
                    finding.kind().name(),
                    Boolean.toString(finding.kind().isProblem()),
                    finding.bucket(),
                    finding.objectKey(),
                    finding.detail())));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
