package dev.rehome.producer.operator;

import dev.rehome.common.process.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends a pause. */
@Command(name = "resume", description = "Ends a pause within two seconds.", mixinStandardHelpOptions = true)
final class ResumeCommand extends OperatorCommand {
    @Mixin
    private Author author;

    @Override
    int execute(Session session) {
        String before = session.services().queue().operator().resume(author.name());
        session.out().println(before.isEmpty() ? "The run wasn't paused." : "Resumed; it was paused: " + before);
        return ExitCode.COMPLETE;
    }
}
