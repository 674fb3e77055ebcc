package dev.rehome.producer.operator;

import dev.rehome.common.catalog.CatalogTable;
import dev.rehome.common.catalog.Inspection;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.process.ExitCode;
import dev.rehome.producer.Buckets;
import dev.rehome.producer.audit.AuditProgress;
import dev.rehome.producer.audit.AuditResults;
import dev.rehome.producer.audit.AuditRun;
import dev.rehome.producer.report.PeriodicLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** A command that audits the migration, with sorted files in a temporary directory. */
abstract class AuditingCommand extends OperatorCommand {
    @Option(
            names = "--temp",
            paramLabel = "DIR",
            description = "Directory for the temporary files; default: ${DEFAULT-VALUE}.",
            defaultValue = "${sys:java.io.tmpdir}")
    private Path temporary;

    /** Where temporary files go. */
    Path temporary() {
        return temporary;
    }

    @Override
    final int execute(Session session) {
        Optional<String> refusal = refusal(session);
        if (refusal.isPresent()) {
            return refused(refusal.get());
        }
        Inspection inspection = session.catalog().inspect();
        if (inspection.table().isEmpty()) {
            inspection.findings().forEach(finding -> System.err.println(finding.text()));
            return ExitCode.REFUSED;
        }
        try (Buckets buckets = session.factory().buckets()) {
            return execute(session, inspection.table().get(), buckets);
        } catch (IOException | UncheckedIOException failure) {
            System.err.println("The command can't write its files: " + failure + ". Check the free space and the rights"
                    + " of the directories that --temp and --output name, then repeat the command");
            return ExitCode.FAILED;
        }
    }

    /** Why the command may not do its work now; empty when it may. */
    abstract Optional<String> refusal(Session session);

    /** Does the work; returns the exit code of the process. */
    abstract int execute(Session session, CatalogTable table, Buckets buckets) throws IOException;

    /** Audits; {@code out} receives lines about the progress. */
    AuditProgress audit(
            Session session, CatalogTable table, Buckets buckets, AuditResults results, Consumer<String> out)
            throws IOException {
        PeriodicLine line = new PeriodicLine(session.services().clock(), out);
        return new AuditRun(buckets, session.retries(), temporary)
                .run(
                        table,
                        session.catalog().migrated(),
                        session.latestRun().flatMap(Run::manifest).isPresent(),
                        results,
                        read -> line.offer(read::text));
    }
}
