package dev.rehome.producer.operator;

import dev.rehome.common.queue.Hold;
import picocli.CommandLine.Command;

/** Drains the run: nothing is in flight afterwards. */
@Command(
        name = "drain",
        description = {
            "Drains the run, until `resume`: within two seconds nothing more is published or claimed; batches that consumers"
                    + " hold are finished and applied. Then nothing is in flight, and all processes can be stopped.",
            "`pause`, in contrast, leaves copied batches unapplied."
        })
final class DrainCommand extends HoldCommand.Confirmed {
    DrainCommand() {
        super(Hold.Kind.DRAINING, "The run will finish the batches in flight and then wait for `resume`.");
    }
}
