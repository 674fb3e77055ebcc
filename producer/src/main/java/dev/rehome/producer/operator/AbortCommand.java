package dev.rehome.producer.operator;

import dev.rehome.common.queue.Hold;
import picocli.CommandLine.Command;

/** Ends the run's processes. */
@Command(
        name = "abort",
        description = {
            "Ends the run's processes within seconds: the producer with exit code 1, consumers once they have released"
                    + " their batches. On ECS the producer scales both services to zero, so that nothing is restarted.",
            "Nothing is lost: the next start of the producer continues the run. If no producer is running, the next start"
                    + " carries the abort out, unless `resume` cancels it."
        })
final class AbortCommand extends HoldCommand.Confirmed {
    AbortCommand() {
        super(
                Hold.Kind.STOPPING,
                "The producer and the consumers of this run will end; only a new start continues it.");
    }
}
