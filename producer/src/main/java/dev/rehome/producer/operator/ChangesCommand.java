package dev.rehome.producer.operator;

import dev.rehome.common.process.ExitCode;
import dev.rehome.common.queue.OperatorControl.Change;
import dev.rehome.producer.progress.SnapshotText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists who changed what. */
@Command(
        name = "changes",
        description = "Prints what operators and hard limits changed, newest first: when, who, what, before and after.")
final class ChangesCommand extends OperatorCommand {
    @Option(names = "--limit", description = "How many; default: ${DEFAULT-VALUE}.", defaultValue = "50")
    private int limit;

    @Override
    int execute(Session session) {
        if (limit < 1) {
            return refused("--limit " + limit + " is out of range: expected a whole number from 1");
        }
        for (Change change : session.services().control().changes(limit)) {
            session.print(SnapshotText.time(change.at()) + "  " + change.author() + "  " + change.name() + ": '"
                    + change.before() + "' -> '" + change.after() + "'");
        }
        return ExitCode.COMPLETE;
    }
}
