package dev.rehome.producer.operator;

import dev.rehome.common.process.ExitCode;
import dev.rehome.common.queue.Hold;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Pauses the run. */
@Command(
        name = "pause",
        description = {
            "Pauses the run within two seconds, until `resume`: consumers finish the batches that they hold; nothing"
                    + " else is published, claimed or applied. Survives restarts of every process."
        })
final class PauseCommand extends OperatorCommand {
    @Parameters(arity = "0..*", paramLabel = "REASON", description = "Why; shown in the log and by `status`.")
    private List<String> words = List.of("by an operator");

    @Mixin
    private Author author;

    @Override
    int execute(Session session) {
        String reason = String.join(" ", words);
        if (reason.isBlank()) {
            System.err.println("Expected a reason for the pause, got an empty text. Leave it out for a default;"
                    + " `resume` ends a pause.");
            return ExitCode.REFUSED;
        }
        Optional<Hold> before = session.services().control().pause(reason, author.name());
        if (before.filter(Hold::isStop).isPresent()) {
            System.err.println("Not paused, because the run is " + before.get() + ". `resume` ends that");
            return ExitCode.REFUSED;
        }
        session.out()
                .println("Paused: " + reason
                        + before.map(was -> " (it was " + was + ")").orElse(""));
        return ExitCode.COMPLETE;
    }
}
