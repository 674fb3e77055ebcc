package dev.rehome.producer.operator;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Returns a setting to its configured value. */
@Command(
        name = "unset",
        description = "Returns a setting to its configured value within two seconds, in all processes.")
final class UnsetCommand extends OperatorCommand {
    @Parameters(paramLabel = "NAME", description = "The setting's name.")
    private String name;

    @Mixin
    private Author author;

    @Override
    int execute(Session session) {
        return SetCommand.change(session, changes -> changes.unset(name, author.name()));
    }
}
