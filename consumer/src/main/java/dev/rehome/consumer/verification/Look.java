package dev.rehome.consumer.verification;

import java.util.Objects;

/**
 * What is at both ends of a reference.
 *
 * @param target where the row points
 * @param source where the object came from; {@link Seen#NOT_ASKED} when only targets are looked at
 */
record Look(Seen target, Seen source) {
    Look {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(source, "source");
    }
}
