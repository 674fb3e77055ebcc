package dev.rehome.producer.operator;

import dev.rehome.common.process.ExitCode;
import dev.rehome.common.process.ShutdownSignal;
import dev.rehome.common.queue.OperatorControl;
import dev.rehome.common.settings.Environment;
import dev.rehome.producer.ProducerFactory;
import dev.rehome.producer.ProducerMain;
import dev.rehome.producer.ProducerServices;
import dev.rehome.producer.throttle.CommandThrottle;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/**
 * A command that looks at a migration or steers it, from any machine that reaches its database and its queue. It takes the
 * producer's environment and doesn't need a producer that runs. It opens the services and refuses the queue of another
 * migration.
 */
public abstract class OperatorCommand implements Callable<Integer> {
    /**
     * What a command works with.
     *
     * @param factory the producer's settings, and what is made from them
     * @param services the open services; closed when the command returns
     * @param out standard output in UTF-8
     * @param environment the environment variables
     * @param signal asks the command to stop, once it is installed
     */
    record Session(
            ProducerFactory factory,
            ProducerServices services,
            PrintStream out,
            Map<String, String> environment,
            ShutdownSignal signal) {
        /** The limits, run windows and later holds that a command waits for which changes things; the caller closes it. */
        CommandThrottle throttle() {
            OperatorControl control = services.control();
            return new CommandThrottle(
                    services.catalog(),
                    factory.settings().run().throttle(),
                    control::state,
                    services.clock(),
                    services.time(),
                    services.name());
        }
    }

    @CommandLine.ParentCommand
    private ProducerMain program;

    @Override
    public final Integer call() {
        Map<String, String> environment = program.context().environment();
        ProducerFactory factory = ProducerFactory.from(new Environment(environment));
        try (ProducerServices services = factory.open()) {
            Optional<String> refusal = services.queue()
                    .publisher(services.name(), services.catalog().runs()::contains)
                    .refusal();
            if (refusal.isPresent()) {
                System.err.println(refusal.get());
                return ExitCode.REFUSED;
            }
            return execute(new Session(
                    factory,
                    services,
                    System.out,
                    environment,
                    program.context().signal()));
        }
    }

    /** Does the work; returns the exit code of the process. */
    abstract int execute(Session session);
}
