package dev.rehome.producer.operator;

import dev.rehome.common.process.ExitCode;
import dev.rehome.common.queue.Hold;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends a hold. */
@Command(
        name = "resume",
        description = "Ends a pause, a drain or a stop that isn't carried out yet, within two seconds.")
final class ResumeCommand extends OperatorCommand {
    @Mixin
    private Author author;

    @Override
    int execute(Session session) {
        Optional<Hold> before = session.services().control().resume(author.name());
        session.print(before.map(was -> "Resumed; it was " + was).orElse("The run wasn't held."));
        return ExitCode.COMPLETE;
    }
}
