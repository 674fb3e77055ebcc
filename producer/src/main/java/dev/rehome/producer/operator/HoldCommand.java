package dev.rehome.producer.operator;

import dev.rehome.common.process.ExitCode;
import dev.rehome.common.queue.Hold;
import dev.rehome.common.queue.OperatorControl;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that holds the run. */
abstract class HoldCommand extends OperatorCommand {
    /** The reason when the operator gives none. */
    static final String NO_REASON = "by an operator";

    private final Hold.Kind kind;

    @Mixin
    private Author author;

    /** {@code kind}: paused, draining or stopping. */
    HoldCommand(Hold.Kind kind) {
        this.kind = kind;
    }

    /** Why, in the operator's words. */
    abstract String reason();

    /** Whether the operator confirms it; if not, says so on standard error. */
    abstract boolean isConfirmed();

    @Override
    final int execute(Session session) {
        String reason = reason();
        if (!LineOfText.isValid(reason)) {
            return refused("The reason is not valid: expected " + LineOfText.EXPECTED
                    + ". Leave it out for a default; to end a hold, use `resume`.");
        }
        if (!isConfirmed()) {
            return ExitCode.REFUSED;
        }
        Optional<Hold> before = hold(session.services().control(), reason);
        if (before.filter(Hold::isStop).isEmpty()) {
            session.print(done() + ": " + reason
                    + before.map(was -> " (it was " + was + ")").orElse(""));
            return ExitCode.COMPLETE;
        }
        if (kind == Hold.Kind.STOPPING) {
            session.print("The run is already " + before.get());
            return ExitCode.COMPLETE;
        }
        return refused("Nothing was changed, because the run is " + before.get() + ". Use `resume` first");
    }

    private Optional<Hold> hold(OperatorControl control, String reason) {
        return switch (kind) {
            case PAUSED -> control.pause(reason, author.name());
            case DRAINING -> control.drain(reason, author.name());
            case STOPPING, STOPPED -> control.stop(reason, author.name());
        };
    }

    private String done() {
        return kind.name().charAt(0) + kind.name().substring(1).toLowerCase(Locale.ROOT);
    }

    /** A command that asks for a confirmation before it holds the run. */
    abstract static class Confirmed extends HoldCommand {
        private final String impact;

        @Option(names = "--reason", description = "Why; shown in the log and by `status`.", defaultValue = NO_REASON)
        private String reason;

        @Mixin
        private Confirmation confirmation;

        /** {@code impact}: the consequence, as the question names it. */
        Confirmed(Hold.Kind kind, String impact) {
            super(kind);
            this.impact = impact;
        }

        @Override
        String reason() {
            return reason;
        }

        @Override
        boolean isConfirmed() {
            return confirmation.isGiven(impact, "yes");
        }
    }
}
