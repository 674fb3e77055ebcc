package dev.rehome.producer.operator;

import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.queue.QueueDepth;
import dev.rehome.producer.ProducerServices;
import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
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
    private static final Duration LOCK_WAIT = Duration.ofSeconds(2);
    private static final int LISTED = 30;

    @Option(names = "--yes", description = "Drop them without asking.")
    private boolean yes;

    @Override
    int execute(Session session) {
        ProducerServices services = session.services();
        if (isUnfinished(services)) {
            return ExitCode.REFUSED;
        }
        List<String> tables = services.catalog().remains().names();
        List<String> keys = services.queue().remains().names();
        if (tables.isEmpty() && keys.isEmpty()) {
            session.out().println("Nothing is left of this migration.");
            return ExitCode.COMPLETE;
        }
        list(session.out(), "tables", tables);
        list(session.out(), "keys in Redis", keys);
        String name = session.factory().settings().migration().name();
        if (!yes && !isConfirmed(name)) {
            System.err.println("Nothing was dropped. Type the migration's name, " + name
                    + ", when asked on a terminal, or give --yes.");
            return ExitCode.REFUSED;
        }
        if (!services.catalog().lock().acquire(LOCK_WAIT)) {
            System.err.println("A producer holds the lock of this migration. Stop it first; nothing was dropped.");
            return ExitCode.REFUSED;
        }
        // A producer may have started a run, and died, while somebody thought about the question.
        if (isUnfinished(services)) {
            return ExitCode.REFUSED;
        }
        services.queue().remains().drop();
        services.catalog().remains().drop();
        session.out().println("Dropped " + tables.size() + " tables and " + keys.size() + " keys.");
        return ExitCode.COMPLETE;
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

    /** Whether something is unfinished; says on standard error what. */
    private static boolean isUnfinished(ProducerServices services) {
        Optional<String> unfinished = unfinished(services);
        unfinished.ifPresent(System.err::println);
        return unfinished.isPresent();
    }

    private static Optional<String> unfinished(ProducerServices services) {
        Optional<Run> latest = services.catalog().runs().latest();
        if (latest.filter(run -> run.completed().isEmpty()).isPresent()) {
            return Optional.of(
                    "Run " + latest.get().number() + " is in progress: complete it, or roll back and complete"
                            + " a last run, before its tables are dropped.");
        }
        if (latest.isPresent() && services.catalog().scaleDown().isDue()) {
            return Optional.of("The services of run " + latest.get().number()
                    + " aren't scaled to zero yet: start the producer again, which does only that.");
        }
        QueueDepth depth = services.queue()
                .publisher(services.name(), services.catalog().runs()::contains)
                .depth();
        return depth.open() == 0
                ? Optional.empty()
                : Optional.of(depth.open() + " batches are still open in the queue: `producer status` shows them.");
    }
}
