package dev.rehome.common.store;

import dev.rehome.common.batch.FailureCode;
import java.util.Objects;

/**
 * A store's permanent refusal of one call: repeating the call won't help.
 *
 * @param code the reason, as it is reported
 * @param message the store's error, with the location and advice for the operator
 * @param scope which other objects are affected
 */
public record Refusal(FailureCode code, String message, Scope scope) implements CopyResult {
    /** Which objects a refusal affects. */
    public enum Scope {
        /** This object; others are unaffected. */
        OBJECT,
        /** This object, its folder or the whole store, as when a right is missing: only other objects show which. */
        UNCERTAIN,
        /** Every object alike, as when a bucket doesn't exist or a setting is invalid. */
        EVERY_OBJECT
    }

    public Refusal {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(scope, "scope");
    }

    /** A refusal of one object. */
    public static Refusal ofObject(FailureCode code, String message) {
        return new Refusal(code, message, Scope.OBJECT);
    }

    /** Whether the object doesn't exist. */
    public boolean isNotFound() {
        return code == FailureCode.NOT_FOUND;
    }

    @Override
    public String toString() {
        return code + ": " + message;
    }
}
