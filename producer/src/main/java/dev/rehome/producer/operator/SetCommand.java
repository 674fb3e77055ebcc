package dev.rehome.producer.operator;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.process.ExitCode;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Changes a setting during the run. */
@Command(
        name = "set",
        description = {
            "Changes a setting in all processes within two seconds, until `unset`. Survives restarts of every process.",
            "`get` lists the settings that can be changed."
        })
final class SetCommand extends OperatorCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "The setting's name.")
    private String name;

    @Parameters(index = "1", paramLabel = "VALUE", description = "Its value, checked as in the environment.")
    private String value;

    @Mixin
    private Author author;

    @Override
    int execute(Session session) {
        return change(session, changes -> changes.set(name, value, author.name()));
    }

    /** Makes a change, and prints what was done or why nothing was; returns the exit code of the process. */
    static int change(Session session, Function<SettingChanges, String> change) {
        try {
            session.print(
                    change.apply(SettingChanges.of(session.factory(), session.services(), session.environment())));
            return ExitCode.COMPLETE;
        } catch (IllegalArgumentException invalid) {
            return refused(invalid.getMessage());
        } catch (Rejected failure) {
            System.err.println(failure.getMessage() + ". Nothing was changed");
            return ExitCode.FAILED;
        } catch (Unavailable failure) {
            System.err.println(
                    failure.getMessage() + ". It isn't known whether the setting was changed; repeat the command");
            return ExitCode.FAILED;
        }
    }
}
