package dev.rehome.producer.operator;

import dev.rehome.common.catalog.CatalogTable;
import dev.rehome.common.catalog.ReferenceLookup;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.settings.Environment;
import dev.rehome.producer.Buckets;
import dev.rehome.producer.audit.AuditProgress;
import dev.rehome.producer.audit.CopiedObject;
import dev.rehome.producer.audit.ProvenCopies;
import dev.rehome.producer.report.PeriodicLine;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deletes the legacy objects that aren't needed any more. */
@Command(
        name = "purge-source",
        description = {
            "Shows which legacy objects aren't needed any more, by an audit: their copies are proven, and no row refers to"
                    + " them. With --delete, deletes them: right before its deletion, each object is compared with its copy"
                    + " once more and looked up in the table. Can be killed and repeated; Ctrl-C prints what was deleted.",
            "Refuses while a run is in progress, after a rollback, while copies are missing, and until the latest run has"
                    + " been complete for PURGE_WAIT_DAYS. A purge can't be undone, and nothing can be rolled back after it.",
            "Sorts on disk: --temp needs about 150 bytes for each row, each migrated record and each object."
        },
        exitCodeList = {
            "0:shown, or deleted",
            "1:failed; the message says why. Repeat the command to continue",
            "2:refused; nothing was deleted",
            "3:deleted, but the store denied the deletion of some objects"
        })
final class PurgeSourceCommand extends AuditingCommand {
    private static final Duration LOCK_WAIT = Duration.ofSeconds(2);

    @Option(names = "--delete", description = "Delete the objects, after a confirmation.")
    private boolean delete;

    @Mixin
    private Confirmation confirmation;

    @Mixin
    private Author author;

    @Override
    Optional<String> refusal(Session session) {
        return delete ? conditions(session).refusalNow() : conditions(session).refusal();
    }

    private static PurgeConditions conditions(Session session) {
        return new PurgeConditions(
                session.catalog().runs(),
                session.catalog()::rollback,
                session::openBatches,
                PurgeConditions.waitIn(new Environment(session.environment())));
    }

    @Override
    int execute(Session session, CatalogTable table, Buckets buckets) throws IOException {
        if (delete && !session.catalog().lock().acquire(LOCK_WAIT)) {
            return refused(ExclusiveSteps.LOCKED + ". Stop it first.");
        }
        try (ProvenCopies copies = new ProvenCopies(temporary())) {
            PurgePlan plan = new PurgePlan(
                    copies, buckets.source(session.migration().keys().legacy()));
            AuditProgress read = audit(session, table, buckets, plan, session::print);
            session.out().print(plan.text(read));
            if (plan.lost() > 0) {
                return refused(String.format(
                        Locale.ROOT,
                        "Nothing is deleted while copies are missing: %,d objects that rows refer to are gone. Copy them"
                                + " again with `consumer verify --repair`, which needs the legacy objects.",
                        plan.lost()));
            }
            if (!delete) {
                session.print("Nothing was deleted. `producer purge-source --delete` can delete them from "
                        + conditions(session).permittedFrom().orElseThrow() + " on.");
            }
            if (!delete || copies.objects() == 0) {
                return ExitCode.COMPLETE;
            }
            String impact = String.format(
                    Locale.ROOT,
                    "This deletes %,d objects with %,d bytes from the bucket %s for good.",
                    copies.objects(),
                    copies.bytes(),
                    session.migration().sourceBucket());
            if (!confirmation.isGiven(impact, "yes")) {
                return ExitCode.REFUSED;
            }
            session.services().control().record("purge-source", impact, author.name());
            return delete(session, table, buckets, copies);
        }
    }

    private static int delete(Session session, CatalogTable table, Buckets buckets, ProvenCopies copies)
            throws IOException {
        PurgeReport report = new PurgeReport();
        PeriodicLine line = new PeriodicLine(session.services().clock(), session::print);
        ReferenceLookup rows = table.references();
        int configured = new Environment(session.environment()).read(PurgeConditions.MAX_DELETIONS);
        try (ExclusiveWork work = ExclusiveWork.begin(session)) {
            DeletionRate rate = new DeletionRate(
                    session.services().queue().fleet(),
                    () -> work.throttle().live(PurgeConditions.MAX_DELETIONS, configured),
                    work.steps());
            Purge purge = new Purge(
                    work.steps(), conditions(session)::refusalNow, rows, buckets, work.helpers(), rate, report);
            try {
                copies.complete();
                List<CopiedObject> next = copies.take(rate.window(rows.window()));
                while (!next.isEmpty()) {
                    purge.purge(next);
                    line.offer(() -> String.format(
                            Locale.ROOT, "%,d of %,d legacy objects processed", report.objects(), copies.objects()));
                    next = copies.take(rate.window(rows.window()));
                }
            } finally {
                if (session.signal().isRequested()) {
                    session.print("Stopped by a signal; repeat the command to delete the others.");
                }
                session.out().print(report.text());
                session.out().flush();
            }
        }
        return report.count(PurgeReport.Outcome.REFUSED) == 0 ? ExitCode.COMPLETE : ExitCode.COMPLETE_WITH_FAILURES;
    }
}
