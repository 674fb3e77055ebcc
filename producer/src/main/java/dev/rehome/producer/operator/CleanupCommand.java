package dev.rehome.producer.operator;

import dev.rehome.common.process.ExitCode;
import dev.rehome.common.process.Plural;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Drops the migration's own tables and keys. */
@Command(
        name = "cleanup",
        description = {
            "Drops the migration's own tables and Redis keys: lists them first, and asks for the migration's name. The rows"
                    + " and the objects stay. Afterwards nothing can be rolled back, verified, audited or reported.",
            "Refuses while a run is in progress, a batch is open, services have to be scaled to zero, or a producer runs."
        },
        exitCodeList = {
            "0:dropped, or nothing was left",
            "1:failed; repeat the command",
            "2:refused; nothing was dropped"
        })
final class CleanupCommand extends OperatorCommand {
    private static final int LISTED = 30;

    @Mixin
    private Confirmation confirmation;

    @Override
    int execute(Session session) {
        Cleanup cleanup = cleanup(session);
        Optional<String> refusal = cleanup.refusal();
        if (refusal.isPresent()) {
            return refused(refusal.get());
        }
        List<String> tables = cleanup.ledger().names();
        List<String> keys = cleanup.queue().names();
        if (tables.isEmpty() && keys.isEmpty()) {
            session.print("Nothing is left of this migration.");
            return ExitCode.COMPLETE;
        }
        list(session, "tables", tables);
        list(session, "keys in Redis", keys);
        if (!confirmation.isGiven("This can't be undone.", session.migration().name())) {
            return ExitCode.REFUSED;
        }
        Optional<String> late = cleanup.drop();
        if (late.isPresent()) {
            return refused(late.get());
        }
        session.print("Dropped " + Plural.of(tables.size(), "table") + " and " + Plural.of(keys.size(), "key") + ".");
        return ExitCode.COMPLETE;
    }

    private static Cleanup cleanup(Session session) {
        return new Cleanup(
                session.catalog().runs(),
                session.catalog().scaleDown(),
                session::openBatches,
                session.catalog().lock(),
                session.services().queue().remains(),
                session.catalog().remains());
    }

    private static void list(Session session, String what, List<String> names) {
        session.print("This drops " + names.size() + " " + what + ":");
        names.stream().limit(LISTED).forEach(name -> session.print("  " + name));
        if (names.size() > LISTED) {
            session.print("  … and " + (names.size() - LISTED) + " more");
        }
    }
}
