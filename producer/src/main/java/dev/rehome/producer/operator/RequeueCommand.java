package dev.rehome.producer.operator;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.catalog.FailureLedger.RequeueOrder;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.process.Plural;
import dev.rehome.producer.ProducerServices;
import dev.rehome.producer.report.PeriodicLine;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes failed records of the run in progress pending again. */
@Command(
        name = "requeue",
        description = {
            "Makes failed records pending again while a run is in progress; its next pass publishes them. After the end of"
                    + " a run it isn't needed: the next run retries all failed records. It can be interrupted and repeated."
        },
        exitCodeList = {"0:done", "1:failed; the message says why", "2:refused: no run is in progress"})
final class RequeueCommand extends OperatorCommand {
    /** Which records. */
    private static final class Which {
        @Option(names = "--code", paramLabel = "CODE", description = "Those that failed with this code.")
        private FailureCode code;

        /** Never read. It must be given, so that a forgotten {@code --code} can't requeue everything. */
        @SuppressWarnings("UnusedVariable")
        @Option(names = "--all", description = "All of them.")
        private boolean all;
    }

    @ArgGroup(multiplicity = "1")
    private Which which;

    @Mixin
    private Author author;

    @Override
    int execute(Session session) {
        ProducerServices services = session.services();
        Optional<Run> latest = session.latestRun();
        if (latest.isEmpty() || latest.get().completed().isPresent()) {
            return refused(latest.map(run -> "Run " + run.number() + " is complete, so there is nothing to requeue."
                            + " Start `producer run`: it retries every failed record.")
                    .orElse("No run has started yet, so nothing has failed."));
        }
        RequeueOrder order = new RequeueOrder(
                services.ids().get(),
                latest.get().id(),
                Optional.ofNullable(which.code).map(FailureCode::name),
                author.name());
        PeriodicLine line = new PeriodicLine(services.clock(), session::print);
        long records = new Requeuing(session.catalog().failures(), services.control(), session.retries())
                .carryOut(
                        order,
                        done -> line.offer(() -> String.format(Locale.ROOT, "%,d records requeued so far", done)));
        if (records == 0) {
            session.print("Nothing to requeue: no record has failed"
                    + order.code().map(only -> " with " + only).orElse("") + " in this run.");
            return ExitCode.COMPLETE;
        }
        session.print("Requeued " + Plural.of(records, "failed record") + " of run "
                + order.run().number() + ".");
        boolean hasEnded = session.latestRun()
                .filter(run -> run.id().equals(order.run()) && run.completed().isEmpty())
                .isEmpty();
        session.print(
                hasEnded
                        ? "The run has ended meanwhile: the next `producer run` retries them."
                        : "The run's next pass publishes them; `producer status` shows the progress.");
        return ExitCode.COMPLETE;
    }
}
