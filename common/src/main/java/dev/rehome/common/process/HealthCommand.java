package dev.rehome.common.process;

import dev.rehome.common.settings.Environment;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The health check of a container, as a command of the program that runs in it. */
@Command(name = "health", description = "Checks the health endpoint of this container's process (requires HTTP_PORT).")
public final class HealthCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    /** The settings of the endpoint are read from {@code environment}. */
    public HealthCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Environment env = new Environment(environment);
        HttpSettings settings = HttpSettings.from(env);
        env.throwIfProblems();
        HealthCheck.Health health = HealthCheck.of(settings);
        System.out.println(health.text());
        return health.healthy() ? ExitCode.COMPLETE : ExitCode.FAILED;
    }
}
