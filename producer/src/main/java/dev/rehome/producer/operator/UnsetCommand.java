package dev.rehome.producer.operator;

import dev.rehome.common.process.ExitCode;
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
        try {
            session.out()
                    .println(SettingChanges.of(session.factory(), session.services(), session.environment())
                            .unset(name, author.name()));
            return ExitCode.COMPLETE;
        } catch (IllegalArgumentException unknown) {
            System.err.println(unknown.getMessage());
            return ExitCode.REFUSED;
        }
    }
}
