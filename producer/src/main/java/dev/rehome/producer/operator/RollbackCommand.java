package dev.rehome.producer.operator;

import dev.rehome.common.batch.BatchId;
import dev.rehome.common.catalog.ReferenceRollback.Totals;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.process.Plural;
import dev.rehome.producer.Buckets;
import dev.rehome.producer.report.CountLine;
import dev.rehome.producer.report.PeriodicLine;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts the old locations back. */
@Command(
        name = "rollback",
        description = {
            "Puts the old locations back: into all rows that still hold the new ones, newest batch first, one transaction"
                    + " a batch. Rows that the application has changed since, and rows whose old object is gone, are"
                    + " left alone and counted. Waits for the same limits as a run; can be killed and repeated.",
            "A run in progress must be paused or drained first, and its producer stopped. A later `producer run`"
                    + " migrates the rows again."
        },
        exitCodeList = {
            "0:rolled back",
            "1:failed; the message says why. Repeat the command to continue",
            "2:refused; nothing was changed",
            "3:rolled back, but some rows keep their new locations: their old objects are gone, or the database rejects"
                    + " the old value"
        })
final class RollbackCommand extends OperatorCommand {
    @Option(names = "--batch", paramLabel = "ID", description = "Only this batch.", converter = BatchIds.class)
    private BatchId batch;

    @Mixin
    private Author author;

    @Override
    int execute(Session session) {
        Optional<String> refusal = refusal(session);
        if (refusal.isPresent()) {
            return refused(refusal.get());
        }
        try (Buckets buckets = session.factory().buckets();
                ExclusiveWork work = ExclusiveWork.begin(session)) {
            SourceObjects objects = new SourceObjects(buckets, work.helpers());
            return rollBack(
                    session, new Rollback(work.steps(), session.catalog().rollback(), objects::missing));
        }
    }

    private int rollBack(Session session, Rollback rollback) {
        boolean changesRows =
                batch == null || !session.catalog().rollback().candidates(batch).isEmpty();
        if (changesRows) {
            session.services()
                    .control()
                    .record("rollback", batch == null ? "all batches" : "batch " + batch, author.name());
        }
        PeriodicLine progress = new PeriodicLine(session.services().clock(), session::print);
        Totals[] sofar = {Totals.NONE};
        Totals done;
        try {
            done = batch != null
                    ? rollback.one(batch)
                    : rollback.all(totals -> {
                        sofar[0] = totals;
                        progress.offer(
                                () -> String.format(Locale.ROOT, "%,d rows rolled back so far", totals.restored()));
                    });
        } finally {
            if (session.signal().isRequested()) {
                session.print("Stopped by a signal; repeat the command to roll back the others. Rolled back so far:");
                session.out().print(text(sofar[0]));
                session.out().flush();
            }
        }
        if (batch != null && done.equals(Totals.NONE)) {
            return refused("The ledger has no migrated records of batch " + batch + ", so nothing was changed."
                    + " `producer report` lists the batch of each record.");
        }
        session.print(batch == null ? "Rolled back by this command:" : "Batch " + batch + ":");
        session.out().print(text(done));
        Totals all = session.catalog().rollback().totals();
        if (!all.equals(done)) {
            session.print("All batches that were rolled back so far:");
            session.out().print(text(all));
        }
        return done.left() > 0 ? ExitCode.COMPLETE_WITH_FAILURES : ExitCode.COMPLETE;
    }

    private static String text(Totals totals) {
        return CountLine.of("restored", totals.restored(), "rows hold their old locations")
                + CountLine.of("changed", totals.changed(), "by the application since; left alone")
                + CountLine.of("deleted", totals.deleted(), "by the application since")
                + CountLine.of(
                        "kept",
                        totals.kept(),
                        "have no object at the old location, so they keep the new one; restore the objects and repeat")
                + CountLine.of(
                        "failed",
                        totals.failed(),
                        "are rejected by the database, so they keep the new location; see above");
    }

    private static Optional<String> refusal(Session session) {
        Optional<Run> latest = session.latestRun();
        if (latest.isEmpty()) {
            return Optional.of("No run has started yet, so there is nothing to roll back.");
        }
        if (latest.get().completed().isPresent()) {
            return Optional.empty();
        }
        String run = "Run " + latest.get().number();
        if (session.services().control().state().hold().isEmpty()) {
            return Optional.of(
                    run + " is in progress. Pause it with `producer pause`, wait until no batch is in flight,"
                            + " stop the producer, then roll back.");
        }
        long leased = session.services().publisher().depth().leased();
        return leased == 0
                ? Optional.empty()
                : Optional.of(run + " is held, but consumers still hold " + Plural.of(leased, "batch")
                        + ": wait until `producer status` shows none in flight.");
    }

    /** Reads the id of a batch. */
    static final class BatchIds implements picocli.CommandLine.ITypeConverter<BatchId> {
        @Override
        public BatchId convert(String text) {
            try {
                return BatchId.parse(text);
            } catch (IllegalArgumentException invalid) {
                throw new CommandLine.TypeConversionException(
                        "expected the id of a batch, a UUID in lower case as `producer report` lists it, got '" + text
                                + "'");
            }
        }
    }
}
