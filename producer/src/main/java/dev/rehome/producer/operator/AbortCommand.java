package dev.rehome.producer.operator;

import dev.rehome.common.process.ExitCode;
import dev.rehome.common.queue.Hold;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Ends the run's processes. */
@Command(
        name = "abort",
        description = {
            "Ends the run's processes within seconds: the producer with exit code 1, consumers once they have released"
                    + " their batches. On ECS the producer scales both services to zero, so that nothing is restarted.",
            "Nothing is lost: the next start of the producer continues the run. An abort that no producer has carried"
                    + " out yet is carried out by the next start, unless `resume` takes it back."
        })
final class AbortCommand extends OperatorCommand {
    @Option(names = "--reason", description = "Why; shown in the log and by `status`.", defaultValue = "by an operator")
    private String reason;

    @Mixin
    private Confirmation confirmation;

    @Mixin
    private Author author;

    @Override
    int execute(Session session) {
        if (reason.isBlank()) {
            System.err.println("Expected a reason for the abort, got an empty text. Leave it out for a default.");
            return ExitCode.REFUSED;
        }
        if (!confirmation.isGiven("Producer and consumers of this run end; only a new start continues it.")) {
            return ExitCode.REFUSED;
        }
        Optional<Hold> before = session.services().control().stop(reason, author.name());
        session.out()
                .println(before.filter(Hold::isStop)
                        .map(already -> "The run is already " + already)
                        .orElseGet(() -> "Stopping: " + reason
                                + before.map(was -> " (it was " + was + ")").orElse("")));
        return ExitCode.COMPLETE;
    }
}
