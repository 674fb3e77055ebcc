package dev.rehome.producer.operator;

import dev.rehome.common.process.ExitCode;
import dev.rehome.common.queue.ControlState;
import dev.rehome.common.settings.Setting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows the settings that can be changed during a run. */
@Command(
        name = "get",
        description = "Prints a setting that can be changed during a run, or all of them, with the value that applies.")
final class GetCommand extends OperatorCommand {
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The setting's name; all when left out.")
    private String name;

    @Override
    int execute(Session session) {
        LiveSettings settings = session.factory().live(session.environment());
        if (name != null && settings.find(name).isEmpty()) {
            return refused(settings.unknown(name));
        }
        ControlState state = session.services().control().state();
        for (Setting<?> setting : settings.all()) {
            if (name == null || name.equals(setting.name())) {
                session.print(settings.line(setting, state));
            }
        }
        return ExitCode.COMPLETE;
    }
}
