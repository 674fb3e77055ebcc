package dev.rehome.common.settings;

import java.util.Objects;

/** A value whose text form is masked. Immutable. */
public final class Secret {
    /** No secret. */
    public static final Secret NONE = new Secret("");

    private final String value;

    public Secret(String value) {
        this.value = Objects.requireNonNull(value, "value");
    }

    /** Whether there is one. */
    public boolean isPresent() {
        return !value.isEmpty();
    }

    /** The value itself, for the one call that needs it. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return isPresent() ? "******" : "(none)";
    }
}
