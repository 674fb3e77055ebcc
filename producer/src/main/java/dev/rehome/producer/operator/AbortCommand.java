package dev.rehome.producer.operator;

import dev.rehome.common.queue.Hold;
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
final class AbortCommand extends HoldCommand {
    @Option(
            names = "--reason",
            description = "Why; shown in the log and by `status`.",
            defaultValue = HoldCommand.NO_REASON)
    private String reason;

    @Mixin
    private Confirmation confirmation;

    AbortCommand() {
        super(Hold.Kind.STOPPING);
    }

    @Override
    String reason() {
        return reason;
    }

    @Override
    boolean isConfirmed() {
        return confirmation.isGiven("Producer and consumers of this run end; only a new start continues it.");
    }
}
