package dev.rehome.producer.operator;

import dev.rehome.common.process.ExitCode;
import dev.rehome.producer.ProducerServices;
import java.io.Console;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Drops the migration's own tables and keys. */
@Command(
        name = "cleanup",
        description = {
            "Drops the migration's own tables and Redis keys: lists them first. The rows and the objects"
                    + " stay. Afterwards nothing can be rolled back, verified, audited or reported.",
            "Refuses while a run is in progress, a batch is open, services have to be scaled to zero, or a producer runs."
        },
        exitCodeList = {
            "0:dropped, or there was nothing",
            "1:failed; repeat the command",
            "2:refused; nothing was dropped"
        })
final class CleanupCommand extends OperatorCommand {
    private static final int LISTED = 30;

    @Option(names = "--yes", description = "Drop them without asking.")
    private boolean yes;

    @Override
    int execute(Session session) {
        Cleanup cleanup = cleanup(session.services());
        Optional<String> refusal = cleanup.refusal();
        if (refusal.isPresent()) {
            return refused(refusal.get());
        }
        List<String> tables = cleanup.ledger().names();
        List<String> keys = cleanup.queue().names();
        if (tables.isEmpty() && keys.isEmpty()) {
            session.out().println("Nothing is left of this migration.");
            return ExitCode.COMPLETE;
        }
        list(session.out(), "tables", tables);
        list(session.out(), "keys in Redis", keys);
        String name = session.factory().settings().migration().name();
        if (!yes && !isConfirmed(name)) {
            return refused("Nothing was dropped. Type the migration's name, " + name
                    + ", when asked on a terminal, or give --yes.");
        }
        Optional<String> late = cleanup.drop();
        if (late.isPresent()) {
            return refused(late.get());
        }
        session.out().println("Dropped " + tables.size() + " tables and " + keys.size() + " keys.");
        return ExitCode.COMPLETE;
    }

    private static Cleanup cleanup(ProducerServices services) {
        return new Cleanup(
                services.catalog().runs(),
                services.catalog().scaleDown(),
                () -> services.publisher().depth().open(),
                services.catalog().lock(),
                services.queue().remains(),
                services.catalog().remains());
    }

    private static int refused(String reason) {
        System.err.println(reason);
        return ExitCode.REFUSED;
    }

    private static void list(PrintStream out, String what, List<String> names) {
        out.println("This drops " + names.size() + " " + what + ":");
        names.stream().limit(LISTED).forEach(name -> out.println("  " + name));
        if (names.size() > LISTED) {
            out.println("  … and " + (names.size() - LISTED) + " more");
        }
    }

    @SuppressWarnings("SystemConsoleNull")
    private static boolean isConfirmed(String name) {
        // From JDK 22 on there is one without a terminal too; its input has ended then, which confirms nothing.
        Console console = System.console();
        return console != null && name.equals(console.readLine("Type the migration's name, %s, to drop them: ", name));
    }
}
