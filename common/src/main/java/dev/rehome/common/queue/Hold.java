package dev.rehome.common.queue;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Stops a migration, or part of its work, until a person decides. There is at most one hold at a time.
 *
 * @param kind the work that continues during the hold
 * @param reason why, for people; never blank
 */
public record Hold(Kind kind, String reason) {
    /** The kinds of holds, by the work that continues. */
    public enum Kind {
        /** Consumers finish the batches that they hold; nothing else is published, claimed or applied. */
        PAUSED,
        /** Nothing is published or claimed; batches that consumers hold are finished and applied. */
        DRAINING,
        /** The processes are asked to end: by an operator, or because a hard limit was exceeded. */
        STOPPING,
        /** The processes have ended. The next producer that starts ends this hold. */
        STOPPED
    }

    public Hold {
        Objects.requireNonNull(kind, "kind");
        if (reason.isBlank()) {
            throw new IllegalArgumentException("Expected a reason for the hold, got an empty text");
        }
    }

    /** Whether processes end, or have ended, because of it. */
    public boolean isStop() {
        return kind == Kind.STOPPING || kind == Kind.STOPPED;
    }

    /** The kind and the reason, such as {@code paused: deploy}; {@link #parse} reads it again. */
    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + ": " + reason;
    }

    /** Reads what {@link #toString} has written; empty for the empty text. A text of another form is a pause. */
    public static Optional<Hold> parse(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        for (Kind kind : Kind.values()) {
            String start = kind.name().toLowerCase(Locale.ROOT) + ": ";
            if (text.startsWith(start) && !text.substring(start.length()).isBlank()) {
                return Optional.of(new Hold(kind, text.substring(start.length())));
            }
        }
        return Optional.of(new Hold(Kind.PAUSED, text));
    }
}
