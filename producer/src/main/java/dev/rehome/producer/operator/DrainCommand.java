package dev.rehome.producer.operator;

import dev.rehome.common.queue.Hold;
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
final class DrainCommand extends HoldCommand {
    @Option(
            names = "--reason",
            description = "Why; shown in the log and by `status`.",
            defaultValue = HoldCommand.NO_REASON)
    private String reason;

    @Mixin
    private Confirmation confirmation;

    DrainCommand() {
        super(Hold.Kind.DRAINING);
    }

    @Override
    String reason() {
        return reason;
    }

    @Override
    boolean isConfirmed() {
        return confirmation.isGiven("The run finishes the batches in flight and then waits for `resume`.");
    }
}
