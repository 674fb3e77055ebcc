package dev.rehome.consumer.verification;

import dev.rehome.common.store.ObjectStat;
import java.util.Objects;
import java.util.Optional;

/**
 * What a look at one object brought.
 *
 * @param object what is there; empty when nothing is, when the look was refused, or when there was none
 * @param refusal why the store would not tell; empty when it did
 */
record Seen(Optional<ObjectStat> object, String refusal) {
    /** Nothing was looked at. */
    static final Seen NOT_ASKED = new Seen(Optional.empty(), "");

    Seen {
        Objects.requireNonNull(object, "object");
        Objects.requireNonNull(refusal, "refusal");
    }

    /** Whether the store would not tell. */
    boolean isRefused() {
        return !refusal.isEmpty();
    }
}
