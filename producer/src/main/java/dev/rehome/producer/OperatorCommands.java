package dev.rehome.producer;

import dev.rehome.common.process.ExitCode;
import dev.rehome.common.settings.Environment;
import dev.rehome.producer.operator.RunStatus;
import dev.rehome.producer.operator.StatusText;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Commands that look at a migration or steer it, from any machine that reaches its database and its queue. They take the
 * producer's environment and don't need a producer that runs.
 */
final class OperatorCommands {
    private OperatorCommands() {}

    /** All of them. */
    static List<Object> all() {
        return List.of(new StatusCommand(), new PauseCommand(), new ResumeCommand());
    }

    /** Who makes a change. */
    static final class Author {
        @Option(
                names = "--author",
                description = "Who is recorded; default: ${DEFAULT-VALUE}.",
                defaultValue = "${sys:user.name}@${env:HOSTNAME:-localhost}")
        private String name;
    }

    /** Opens the services and refuses the queue of another migration. */
    private abstract static class OperatorCommand implements Callable<Integer> {
        @Override
        public final Integer call() {
            ProducerFactory factory = ProducerFactory.from(new Environment(System.getenv()));
            try (ProducerServices services = factory.open()) {
                Optional<String> refusal = services.queue()
                        .publisher(services.name(), services.catalog().runs()::contains)
                        .refusal();
                if (refusal.isPresent()) {
                    System.err.println(refusal.get());
                    return ExitCode.REFUSED;
                }
                return execute(services, ProducerMain.output());
            }
        }

        abstract int execute(ProducerServices services, PrintStream out);
    }

    @Command(
            name = "status",
            description = "Prints the state of the migration: records, batches, consumers, and what holds the run.",
            mixinStandardHelpOptions = true)
    static final class StatusCommand extends OperatorCommand {
        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        @Override
        int execute(ProducerServices services, PrintStream out) {
            RunStatus status = RunStatus.read(services.catalog(), services.queue(), services.name());
            out.println(json ? StatusText.json(status) : StatusText.text(status));
            return ExitCode.COMPLETE;
        }
    }

    @Command(
            name = "pause",
            description = {
                "Pauses the run within two seconds, until `resume`: consumers finish the batches that they hold; nothing"
                        + " else is published, claimed or applied. Survives restarts of every process."
            },
            mixinStandardHelpOptions = true)
    static final class PauseCommand extends OperatorCommand {
        @Parameters(arity = "0..*", paramLabel = "REASON", description = "Why; shown in the log and by `status`.")
        private List<String> words = List.of("by an operator");

        @Mixin
        private Author author;

        @Override
        int execute(ProducerServices services, PrintStream out) {
            String reason = String.join(" ", words);
            if (reason.isBlank()) {
                System.err.println("Expected a reason for the pause, got an empty text. Leave it out for a default;"
                        + " `resume` ends a pause.");
                return ExitCode.REFUSED;
            }
            String before = services.queue().operator().pause(reason, author.name);
            out.println(
                    before.isEmpty()
                            ? "Paused: " + reason
                            : "Paused: " + reason + " (it was paused already: " + before + ")");
            return ExitCode.COMPLETE;
        }
    }

    @Command(name = "resume", description = "Ends a pause within two seconds.", mixinStandardHelpOptions = true)
    static final class ResumeCommand extends OperatorCommand {
        @Mixin
        private Author author;

        @Override
        int execute(ProducerServices services, PrintStream out) {
            String before = services.queue().operator().resume(author.name);
            out.println(before.isEmpty() ? "The run wasn't paused." : "Resumed; it was paused: " + before);
            return ExitCode.COMPLETE;
        }
    }
}
