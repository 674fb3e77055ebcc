package dev.rehome.producer.operator;

import dev.rehome.common.process.ExitCode;
import dev.rehome.producer.ProducerServices;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the state of the migration. */
@Command(
        name = "status",
        description = "Prints the state of the migration: records, batches, consumers, and why the run waits.")
final class StatusCommand extends OperatorCommand {
    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    int execute(Session session) {
        ProducerServices services = session.services();
        MigrationStatus status = MigrationStatus.read(services.catalog(), services.queue(), services.name());
        session.print(json ? status.json() : status.text());
        return ExitCode.COMPLETE;
    }
}
