package dev.rehome.producer.operator;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.scaling.ScalingSettings;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Changes a setting during the run. */
@Command(
        name = "set",
        description = {
            "Changes a setting in all processes within two seconds, until `unset`. Survives restarts of every process.",
            "`get` lists the settings that can be changed."
        },
        mixinStandardHelpOptions = true)
final class SetCommand extends OperatorCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "The setting's name.")
    private String name;

    @Parameters(index = "1", paramLabel = "VALUE", description = "Its value, checked as in the environment.")
    private String value;

    @Mixin
    private Author author;

    @Override
    int execute(Session session) {
        LiveSettings settings = session.factory().live();
        Optional<String> problem = settings.problem(name, value);
        if (problem.isPresent()) {
            System.err.println(problem.get());
            return ExitCode.REFUSED;
        }
        if (name.equals(LiveSettings.CONSUMER_TASKS.name()) && !scale(session)) {
            return ExitCode.FAILED;
        }
        Optional<String> before = session.services().control().set(name, value, author.name());
        session.out()
                .println(name + "=" + value
                        + before.map(was -> " (it was set to " + was + ")").orElse(""));
        return ExitCode.COMPLETE;
    }

    private boolean scale(Session session) {
        Optional<ScalingSettings> scaling = session.factory().settings().scaling();
        if (scaling.isEmpty()) {
            System.err.println(
                    "The consumers run outside ECS (CLUSTER_NAME isn't set): start or stop them where they run");
            return false;
        }
        if (session.services()
                        .catalog()
                        .runs()
                        .latest()
                        .filter(run -> run.completed().isEmpty())
                        .isEmpty()
                || session.services()
                        .control()
                        .state()
                        .hold()
                        .filter(hold -> hold.isStop())
                        .isPresent()) {
            System.err.println("No run is in progress: nobody would stop the consumers. Start a run first");
            return false;
        }
        try {
            session.services()
                    .scaler()
                    .orElseThrow()
                    .scale(scaling.get().consumerService(), Integer.parseInt(value.trim()));
            return true;
        } catch (Unavailable | Rejected failure) {
            System.err.println(failure.getMessage() + ". Nothing was changed");
            return false;
        }
    }
}
