package dev.rehome.producer.operator;

import dev.rehome.common.queue.Hold;
import picocli.CommandLine.Command;

/** Brings the run to rest with nothing in flight. */
@Command(
        name = "drain",
        description = {
            "Brings the run to rest within two seconds and the time of a batch, until `resume`: nothing more is published"
                    + " or claimed; batches that consumers hold are finished and applied. Then nothing is in flight, and"
                    + " every process may be stopped.",
            "Unlike `pause`, which also leaves copied batches unapplied."
        })
final class DrainCommand extends HoldCommand.Confirmed {
    DrainCommand() {
        super(Hold.Kind.DRAINING, "The run finishes the batches in flight and then waits for `resume`.");
    }
}
