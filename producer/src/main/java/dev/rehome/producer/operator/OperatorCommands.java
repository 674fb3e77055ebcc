package dev.rehome.producer.operator;

import java.util.List;

/** The operator's commands; each is a class of its own in this package. */
public final class OperatorCommands {
    private OperatorCommands() {}

    /** All of them, in the order of the help. */
    public static List<OperatorCommand> all() {
        return List.of(
                new StatusCommand(),
                new PauseCommand(),
                new ResumeCommand(),
                new DrainCommand(),
                new AbortCommand(),
                new SetCommand(),
                new UnsetCommand(),
                new GetCommand(),
                new ChangesCommand(),
                new FailuresCommand(),
                new RequeueCommand(),
                new AuditCommand(),
                new ReportCommand(),
                new RollbackCommand(),
                new PurgeSourceCommand(),
                new CleanupCommand());
    }
}
