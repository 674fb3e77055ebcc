package dev.rehome.producer.operator;

import dev.rehome.common.queue.Hold;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Pauses the run. */
@Command(
        name = "pause",
        description = {
            "Pauses the run within two seconds, until `resume`: consumers finish the batches that they hold; nothing"
                    + " else is published, claimed or applied. Survives restarts of every process."
        })
final class PauseCommand extends HoldCommand {
    @Parameters(arity = "0..*", paramLabel = "REASON", description = "Why; shown in the log and by `status`.")
    private List<String> words = List.of(NO_REASON);

    PauseCommand() {
        super(Hold.Kind.PAUSED);
    }

    @Override
    String reason() {
        return String.join(" ", words);
    }

    /** `resume` undoes it, and nothing is lost. */
    @Override
    boolean isConfirmed() {
        return true;
    }
}
