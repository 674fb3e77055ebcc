package dev.rehome.producer.operator;

import dev.rehome.common.process.ExitCode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Pauses the run. */
@Command(
        name = "pause",
        description = {
            "Pauses the run within two seconds, until `resume`: consumers finish the batches that they hold; nothing"
                    + " else is published, claimed or applied. Survives restarts of every process."
        },
        mixinStandardHelpOptions = true)
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
        String before = session.services().queue().operator().pause(reason, author.name());
        session.out()
                .println(
                        before.isEmpty()
                                ? "Paused: " + reason
                                : "Paused: " + reason + " (it was paused already: " + before + ")");
        return ExitCode.COMPLETE;
    }
}
