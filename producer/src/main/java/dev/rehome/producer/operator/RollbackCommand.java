package dev.rehome.producer.operator;

import dev.rehome.common.batch.BatchId;
import dev.rehome.common.catalog.ReferenceRollback.Totals;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.process.Backoff;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.process.Retries;
import dev.rehome.common.process.ShutdownSignal;
import dev.rehome.common.queue.QueueDepth;
import dev.rehome.common.store.Store;
import dev.rehome.producer.ProducerServices;
import dev.rehome.producer.report.CountLine;
import dev.rehome.producer.report.PeriodicLine;
import dev.rehome.producer.throttle.CommandThrottle;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(5));

    @Option(names = "--batch", paramLabel = "ID", description = "Only this batch.", converter = BatchIds.class)
    private BatchId batch;

    @Mixin
    private Author author;

    @Override
    int execute(Session session) {
        Optional<String> refusal = refusal(session.services());
        if (refusal.isPresent()) {
            System.err.println(refusal.get());
            return ExitCode.REFUSED;
        }
        ProducerServices services = session.services();
        ExecutorService helpers = Executors.newFixedThreadPool(SourceObjects.PARALLEL);
        ShutdownSignal signal = session.signal();
        signal.install(session.factory().settings().stopTimeout().minusSeconds(1));
        try (Store store = session.factory().store();
                CommandThrottle throttle = session.throttle()) {
            String bucket = session.factory().settings().migration().sourceBucket();
            SourceObjects objects =
                    new SourceObjects(store.inspector().orElseThrow(), key -> store.locate(bucket, key), helpers);
            ExclusiveSteps steps = new ExclusiveSteps(
                    services.catalog().lock(),
                    throttle::reason,
                    new Retries(BACKOFF, services.clock(), signal::await),
                    signal::isRequested,
                    session.out()::println);
            return rollBack(session, new Rollback(steps, services.catalog().rollback(), objects::missing), signal);
        } finally {
            helpers.shutdownNow();
            services.catalog().lock().close();
            signal.finished();
        }
    }

    private int rollBack(Session session, Rollback rollback, ShutdownSignal signal) {
        PrintStream out = session.out();
        boolean changesRows = batch == null
                || !session.services().catalog().rollback().candidates(batch).isEmpty();
        if (changesRows) {
            session.services()
                    .control()
                    .record("rollback", batch == null ? "all batches" : "batch " + batch, author.name());
        }
        PeriodicLine progress = new PeriodicLine(session.services().clock(), out::println);
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
            if (signal.isRequested()) {
                out.println("Stopped by a signal; repeat the command to roll back the others. Rolled back so far:");
                out.print(text(sofar[0]));
                out.flush();
            }
        }
        if (batch != null && done.equals(Totals.NONE)) {
            System.err.println("The ledger has no migrated records of batch " + batch + ", so nothing was changed."
                    + " `producer report` lists the batch of each record.");
            return ExitCode.REFUSED;
        }
        out.println(batch == null ? "Rolled back by this command:" : "Batch " + batch + ":");
        out.print(text(done));
        Totals all = session.services().catalog().rollback().totals();
        if (!all.equals(done)) {
            out.println("All batches that were rolled back so far:");
            out.print(text(all));
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

    private Optional<String> refusal(ProducerServices services) {
        Optional<Run> latest = services.catalog().runs().latest();
        if (latest.isEmpty()) {
            return Optional.of("No run has started yet, so there is nothing to roll back.");
        }
        if (latest.get().completed().isPresent()) {
            return Optional.empty();
        }
        if (services.control().state().hold().isEmpty()) {
            return Optional.of("Run " + latest.get().number() + " is in progress. Pause it with `producer pause`, wait"
                    + " until no batch is in flight, stop the producer, then roll back.");
        }
        QueueDepth depth = services.publisher().depth();
        return depth.leased() == 0
                ? Optional.empty()
                : Optional.of("Run " + latest.get().number() + " is held, but consumers still work on " + depth.leased()
                        + " batches: wait until `producer status` shows none in flight.");
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
