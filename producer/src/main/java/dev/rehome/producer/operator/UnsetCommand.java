package dev.rehome.producer.operator;

import dev.rehome.common.process.ExitCode;
import dev.rehome.common.settings.Setting;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Returns a setting to its configured value. */
@Command(name = "unset", description = "Returns a setting to its configured value in all processes within two seconds.")
final class UnsetCommand extends OperatorCommand {
    @Parameters(paramLabel = "NAME", description = "The setting's name.")
    private String name;

    @Mixin
    private Author author;

    @Override
    int execute(Session session) {
        Optional<Setting<?>> setting = session.factory().live().find(name);
        if (setting.isEmpty()) {
            System.err.println(session.factory().live().unknown(name));
            return ExitCode.REFUSED;
        }
        Optional<String> before = session.services().control().unset(name, author.name());
        session.out()
                .println(before.map(was -> name + " has its configured value again; it was set to " + was)
                        .orElse(name + " has its configured value; it wasn't set live"));
        return ExitCode.COMPLETE;
    }
}
