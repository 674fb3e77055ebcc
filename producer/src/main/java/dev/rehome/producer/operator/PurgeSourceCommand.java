package dev.rehome.producer.operator;

import dev.rehome.common.catalog.CatalogTable;
import dev.rehome.common.catalog.Inspection;
import dev.rehome.common.catalog.ReferenceLookup;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.process.Backoff;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.process.Retries;
import dev.rehome.common.process.ShutdownSignal;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.common.store.Store;
import dev.rehome.producer.ProducerServices;
import dev.rehome.producer.audit.AuditProgress;
import dev.rehome.producer.audit.AuditRun;
import dev.rehome.producer.audit.CopiedObject;
import dev.rehome.producer.audit.ProvenCopies;
import dev.rehome.producer.report.PeriodicLine;
import dev.rehome.producer.throttle.CommandThrottle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deletes the legacy objects that aren't needed any more. */
@Command(
        name = "purge-source",
        description = {
            "Shows which legacy objects aren't needed any more, by an audit: their copies are proven, and no row names them."
                    + " With --delete, deletes them: each is compared with its copy once more, and looked up in the table,"
                    + " right before its deletion. Can be killed and repeated; Ctrl-C prints what was deleted.",
            "Refuses while a run is in progress, after a rollback, while copies are missing, and until the latest run has"
                    + " been complete for PURGE_WAIT_DAYS. A purge can't be undone, and nothing can be rolled back after it."
        },
        exitCodeList = {
            "0:shown, or deleted",
            "1:failed; the message says why. Repeat the command to continue",
            "2:refused; nothing was deleted",
            "3:deleted, but the store refused some objects"
        })
final class PurgeSourceCommand extends OperatorCommand {
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));
    private static final Duration LOCK_WAIT = Duration.ofSeconds(2);

    @Option(names = "--delete", description = "Delete the objects, after a confirmation.")
    private boolean delete;

    @Option(
            names = "--temp",
            paramLabel = "DIR",
            description = "Where to sort; default: ${DEFAULT-VALUE}.",
            defaultValue = "${sys:java.io.tmpdir}")
    private Path temporary;

    @Mixin
    private Confirmation confirmation;

    @Mixin
    private Author author;

    @Override
    int execute(Session session) {
        ProducerServices services = session.services();
        PurgeConditions conditions = conditions(session);
        Optional<String> refusal = delete ? conditions.refusalNow() : conditions.refusal();
        if (refusal.isPresent()) {
            return refused(refusal.get());
        }
        Inspection inspection = services.catalog().inspect();
        if (inspection.table().isEmpty()) {
            inspection.findings().forEach(finding -> System.err.println(finding.text()));
            return ExitCode.REFUSED;
        }
        if (delete && !services.catalog().lock().acquire(LOCK_WAIT)) {
            return refused(
                    "A producer holds the lock of this migration, or another command that changes it. Stop it first.");
        }
        try (ProvenCopies copies = new ProvenCopies(temporary);
                Store store = session.factory().store()) {
            return purge(session, conditions, store, inspection.table().get(), copies);
        } catch (IOException | UncheckedIOException failure) {
            System.err.println("The audit can't write its files: " + failure);
            return ExitCode.FAILED;
        }
    }

    private static PurgeConditions conditions(Session session) {
        ProducerServices services = session.services();
        return new PurgeConditions(
                services.catalog().runs(),
                services.catalog()::rollback,
                () -> services.queue()
                        .publisher(services.name(), services.catalog().runs()::contains)
                        .depth()
                        .open(),
                PurgeConditions.waitIn(new Environment(session.environment())));
    }

    private int purge(Session session, PurgeConditions conditions, Store store, CatalogTable table, ProvenCopies copies)
            throws IOException {
        MigrationSettings migration = session.factory().settings().migration();
        PurgePlan plan = new PurgePlan(
                copies, store.locate(migration.sourceBucket(), migration.keys().legacy()));
        session.out().print(plan.text(audit(session, store, table, plan)));
        if (plan.lost() > 0) {
            return refused(String.format(
                    Locale.ROOT,
                    "Nothing is deleted while copies are missing: %,d objects that rows refer to are gone. Copy them again"
                            + " with `consumer verify --repair`, which needs the legacy objects.",
                    plan.lost()));
        }
        if (!delete) {
            session.out()
                    .println("Nothing was deleted. `producer purge-source --delete` can delete them from "
                            + conditions.permittedFrom().orElseThrow() + " on.");
        }
        if (!delete || copies.objects() == 0) {
            return ExitCode.COMPLETE;
        }
        String impact = String.format(
                Locale.ROOT,
                "This deletes %,d objects with %,d bytes from the bucket %s for good.",
                copies.objects(),
                copies.bytes(),
                migration.sourceBucket());
        if (!confirmation.isGiven(impact)) {
            return ExitCode.REFUSED;
        }
        session.services().control().record("purge-source", impact, author.name());
        return delete(session, conditions, store, table, copies);
    }

    private AuditProgress audit(Session session, Store store, CatalogTable table, PurgePlan plan) throws IOException {
        ProducerServices services = session.services();
        PeriodicLine line = new PeriodicLine(services.clock(), session.out()::println);
        return new AuditRun(
                        store,
                        session.factory().settings().migration(),
                        new Retries(BACKOFF, services.clock()),
                        temporary)
                .run(
                        table,
                        services.catalog().migrated(),
                        services.catalog()
                                .runs()
                                .latest()
                                .flatMap(Run::manifest)
                                .isPresent(),
                        plan,
                        read -> line.offer(read::text));
    }

    private int delete(
            Session session, PurgeConditions conditions, Store store, CatalogTable table, ProvenCopies copies)
            throws IOException {
        ProducerServices services = session.services();
        PurgeReport report = new PurgeReport();
        PeriodicLine line = new PeriodicLine(services.clock(), session.out()::println);
        ReferenceLookup rows = table.references();
        ExecutorService helpers = Executors.newFixedThreadPool(Purge.PARALLEL);
        ShutdownSignal signal = session.signal();
        signal.install(session.factory().settings().stopTimeout().minusSeconds(1));
        try (CommandThrottle throttle = session.throttle()) {
            ExclusiveSteps steps = new ExclusiveSteps(
                    services.catalog().lock(),
                    throttle::reason,
                    new Retries(BACKOFF, services.clock(), signal::await),
                    signal::isRequested,
                    session.out()::println);
            int configured = new Environment(session.environment()).read(PurgeConditions.MAX_DELETIONS);
            DeletionRate rate = new DeletionRate(
                    services.queue().fleet(), () -> throttle.live(PurgeConditions.MAX_DELETIONS, configured), steps);
            Purge purge =
                    new Purge(steps, conditions::refusalNow, rows, objects(session, store, helpers), rate, report);
            copies.complete();
            List<CopiedObject> next = copies.take(rate.window(rows.window()));
            while (!next.isEmpty()) {
                purge.purge(next);
                line.offer(() -> String.format(
                        Locale.ROOT, "%,d of %,d legacy objects done", report.objects(), copies.objects()));
                next = copies.take(rate.window(rows.window()));
            }
        } finally {
            helpers.shutdownNow();
            if (signal.isRequested()) {
                session.out().println("Stopped by a signal; repeat the command to delete the others.");
            }
            session.out().print(report.text());
            session.out().flush();
            signal.finished();
        }
        return report.count(PurgeReport.Outcome.REFUSED) == 0 ? ExitCode.COMPLETE : ExitCode.COMPLETE_WITH_FAILURES;
    }

    private static Purge.Objects objects(Session session, Store store, Executor helpers) {
        MigrationSettings migration = session.factory().settings().migration();
        return new Purge.Objects(
                store.inspector().orElseThrow(),
                store.deleter().orElseThrow(),
                key -> store.locate(migration.sourceBucket(), key),
                key -> store.locate(migration.targetBucket(), key),
                helpers);
    }

    private static int refused(String reason) {
        System.err.println(reason);
        return ExitCode.REFUSED;
    }
}
