package dev.rehome.producer.operator;

import dev.rehome.common.catalog.CatalogTable;
import dev.rehome.common.catalog.Inspection;
import dev.rehome.common.catalog.MigratedRecords;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.process.Backoff;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.process.Retries;
import dev.rehome.common.store.Store;
import dev.rehome.producer.ProducerServices;
import dev.rehome.producer.audit.AuditFinding;
import dev.rehome.producer.audit.AuditProgress;
import dev.rehome.producer.audit.AuditReport;
import dev.rehome.producer.audit.AuditRun;
import dev.rehome.producer.report.PeriodicLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reconciles rows, mapping table and both buckets. */
@Command(
        name = "audit",
        description = {
            "Reconciles rows, mapping table and both buckets: by listing the buckets, without a request per object."
                    + " Changes nothing; may run at any time, and finds most when nothing else runs.",
            "Sorts on disk: --temp needs about 150 bytes for each row, each migrated record and each object."
        },
        exitCodeList = {
            "0:everything agrees; notes may be listed",
            "1:failed; the message says why",
            "2:refused: no run has started yet, or the table can't be read",
            "3:not everything agrees"
        })
final class AuditCommand extends OperatorCommand {
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));
    private static final List<String> COLUMNS = List.of("kind", "problem", "bucket", "object_key", "detail");

    @Option(names = "--json", description = "Print one JSON object with the counts.")
    private boolean json;

    @Option(names = "--output", paramLabel = "FILE", description = "Write every finding to this CSV file.")
    private Path output;

    @Option(
            names = "--temp",
            paramLabel = "DIR",
            description = "Where to sort; default: ${DEFAULT-VALUE}.",
            defaultValue = "${sys:java.io.tmpdir}")
    private Path temporary;

    @Override
    int execute(Session session) {
        ProducerServices services = session.services();
        Optional<Run> run = services.catalog().runs().latest();
        if (run.isEmpty()) {
            System.err.println("No run has started yet, so there is nothing to audit.");
            return ExitCode.REFUSED;
        }
        Inspection inspection = services.catalog().inspect();
        if (inspection.table().isEmpty()) {
            inspection.findings().forEach(finding -> System.err.println(finding.text()));
            return ExitCode.REFUSED;
        }
        try {
            return audit(session, inspection.table().get(), run.get());
        } catch (IOException | UncheckedIOException failure) {
            System.err.println("The audit can't write its files: " + failure);
            return ExitCode.FAILED;
        }
    }

    private int audit(Session session, CatalogTable table, Run run) throws IOException {
        ProducerServices services = session.services();
        MigratedRecords migrated = services.catalog().migrated();
        AuditReport report = new AuditReport();
        try (Store store = session.factory().store();
                ReportDestination.Directory directory = new ReportDestination.Directory(folder());
                ReportFile file = output == null
                        ? null
                        : new ReportFile(directory, output.getFileName().toString())) {
            if (file != null) {
                file.write(CsvLine.of(COLUMNS));
            }
            AuditProgress read = new AuditRun(
                            store,
                            session.factory().settings().migration(),
                            new Retries(BACKOFF, services.clock()),
                            temporary)
                    .run(
                            table,
                            migrated,
                            run.manifest().isPresent(),
                            finding -> {
                                report.add(finding);
                                write(file, finding);
                            },
                            progress(session));
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

    private Consumer<AuditProgress> progress(Session session) {
        PeriodicLine line = new PeriodicLine(session.services().clock(), json ? quiet -> {} : session.out()::println);
        return read -> line.offer(read::text);
    }
}
