package dev.rehome.common.store;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Deletes objects: the delete role of a store. Safe for use by any thread. */
@FunctionalInterface
public interface ObjectDeleter {
    /** The most objects of one call. */
    int LIMIT = 1_000;

    /**
     * Deletes different objects of one container. An object that isn't there counts as deleted, so a call may be repeated.
     *
     * <p>A store that can compare and delete in one step refuses an object whose content isn't the expected one any more
     * with {@link dev.rehome.common.batch.FailureCode#SOURCE_CHANGED}. Other stores ignore the expectation.
     *
     * @param objects at most {@link #LIMIT}
     * @return for each object, in order, the effect or the store's refusal
     * @throws StoreUnavailable if repeating the call later may help; some of the objects may be deleted
     */
    List<StoreResult<Deletion>> delete(List<Expected> objects);

    /** The effect of a deletion. */
    enum Deletion {
        /** The object is gone. */
        DELETED,
        /** The container keeps versions: readers find no object any more, but its bytes are still stored. */
        HIDDEN
    }

    /**
     * An object that is to be deleted.
     *
     * @param location its address
     * @param proof of the content that may be deleted; empty for any
     */
    record Expected(Location location, Optional<ContentProof> proof) {
        public Expected {
            Objects.requireNonNull(location, "location");
            Objects.requireNonNull(proof, "proof");
        }
    }
}
