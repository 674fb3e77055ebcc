package dev.rehome.consumer.verification;

import dev.rehome.common.store.ObjectStat;
import dev.rehome.common.store.SameContent;
import java.util.Objects;
import java.util.Optional;

/**
 * The objects at both ends of a reference.
 *
 * @param target the object that the row refers to
 * @param source the object that it was copied from; {@link StatResult#SKIPPED} if only targets are verified
 */
record ObjectPair(StatResult target, StatResult source) {
    /**
     * The result of inspecting one object.
     *
     * @param object present if it was found
     * @param failure the store's error if it didn't describe the object; otherwise empty
     */
    record StatResult(State state, Optional<ObjectStat> object, String failure) {
        enum State {
            FOUND,
            MISSING,
            /** The store refuses permanently. */
            REFUSED,
            /** Every try failed, although the store responded to other requests. */
            UNAVAILABLE,
            SKIPPED
        }

        static final StatResult MISSING = new StatResult(State.MISSING, Optional.empty(), "");
        static final StatResult SKIPPED = new StatResult(State.SKIPPED, Optional.empty(), "");

        StatResult {
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(object, "object");
            Objects.requireNonNull(failure, "failure");
        }

        static StatResult found(ObjectStat object) {
            return new StatResult(State.FOUND, Optional.of(object), "");
        }

        static StatResult failed(State state, String failure) {
            return new StatResult(state, Optional.empty(), failure);
        }

        /** Whether it is unknown if the object exists. */
        boolean isFailed() {
            return state == State.REFUSED || state == State.UNAVAILABLE;
        }

        private Finding.Kind failureKind() {
            return state == State.REFUSED ? Finding.Kind.UNREADABLE : Finding.Kind.UNAVAILABLE;
        }
    }

    ObjectPair {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(source, "source");
    }

    /**
     * Compares the objects with each other and with the ETag that was recorded for the copy. Times have a resolution of one
     * second, so a source that was written in the same second as the copy counts as later only if its content differs.
     *
     * @return the problem; empty if there is none
     */
    Optional<Finding.Kind> compare(String recordedETag) {
        if (target.isFailed()) {
            return Optional.of(target.failureKind());
        }
        if (target.object().isEmpty()) {
            return Optional.of(Finding.Kind.MISSING);
        }
        ObjectStat copy = target.object().get();
        Optional<SameContent> content = source.object().map(copy::compareContent);
        if (content.equals(Optional.of(SameContent.SAME))) {
            return Optional.empty();
        }
        if (!copy.proof().map(proof -> proof.value().equals(recordedETag)).orElse(false)) {
            return Optional.of(Finding.Kind.TARGET_CHANGED);
        }
        if (source.isFailed()) {
            return Optional.of(source.failureKind());
        }
        boolean isDifferent = content.equals(Optional.of(SameContent.DIFFERENT));
        int sourceAge = source.object()
                .map(object -> object.modified().compareTo(copy.modified()))
                .orElse(-1);
        if (sourceAge > 0 || (sourceAge == 0 && isDifferent)) {
            return Optional.of(Finding.Kind.SOURCE_OVERWRITTEN);
        }
        return isDifferent ? Optional.of(Finding.Kind.CONTENT_DIFFERS) : Optional.empty();
    }

    /** The store's errors for the objects that it didn't describe. */
    String failures() {
        return (target.failure() + " " + source.failure()).strip();
    }
}
