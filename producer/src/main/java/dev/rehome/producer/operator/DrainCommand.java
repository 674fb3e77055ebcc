package dev.rehome.producer.operator;

import dev.rehome.common.process.ExitCode;
import dev.rehome.common.queue.Hold;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings the run to rest with nothing in flight. */
@Command(
        name = "drain",
        description = {
            "Brings the run to rest within two seconds and the time of a batch, until `resume`: nothing more is published"
                    + " or claimed; batches that consumers hold are finished and applied. Then nothing is in flight, and"
                    + " every process may be stopped.",
            "Unlike `pause`, which also leaves copied batches unapplied."
        })
final class DrainCommand extends OperatorCommand {
    @Option(names = "--reason", description = "Why; shown in the log and by `status`.", defaultValue = "by an operator")
    private String reason;

    @Mixin
    private Confirmation confirmation;

    @Mixin
    private Author author;

    @Override
    int execute(Session session) {
        if (reason.isBlank()) {
            System.err.println("Expected a reason for the drain, got an empty text. Leave it out for a default.");
            return ExitCode.REFUSED;
        }
        if (!confirmation.isGiven("The run finishes the batches in flight and then waits for `resume`.")) {
            return ExitCode.REFUSED;
        }
        Optional<Hold> before = session.services().control().drain(reason, author.name());
        if (before.filter(Hold::isStop).isPresent()) {
            System.err.println("Not draining, because the run is " + before.get() + ". `resume` ends that");
            return ExitCode.REFUSED;
        }
        session.out()
                .println("Draining: " + reason
                        + before.map(was -> " (it was " + was + ")").orElse(""));
        return ExitCode.COMPLETE;
    }
}
