package dev.rehome.producer.canary;

import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.MigratedRecord;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.ObjectStat;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.StoreResult;
import dev.rehome.producer.Buckets;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads a migrated record back: what its row holds, and the objects at the old and the new location. Safe for use by any
 * thread.
 *
 * @param buckets the buckets of both objects
 */
record MovedRecordCheck(Buckets buckets) {
    /** The result for one record. */
    enum State {
        /** The row holds the new location, and its object has the content of the old one. */
        VERIFIED,
        /** The application has changed or deleted the row since, so nothing refers to the copy. */
        CHANGED,
        /** The row holds the old location again, although the ledger has it as migrated. */
        REVERTED,
        /** No object is at the new location. */
        MISSING,
        /** The object at the new location isn't the one that was copied, or the old object was overwritten. */
        DIFFERENT,
        /** This process couldn't inspect both objects. */
        UNREADABLE;

        /** Whether the migration did something wrong, or somebody undid it. */
        boolean isDifference() {
            return this == REVERTED || this == MISSING || this == DIFFERENT;
        }
    }

    /**
     * The result, with an explanation.
     *
     * @param text for a line of the report; empty for a verified record
     */
    record Checked(State state, String text) {
        Checked {
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(text, "text");
        }
    }

    Checked check(MigratedRecord record) {
        return switch (record.reference()) {
            case HELD -> objects(record);
            case CHANGED, DELETED -> new Checked(State.CHANGED, "row " + record.rowKey() + " was changed since");
            case REVERTED ->
                new Checked(State.REVERTED, "row " + record.rowKey() + " holds " + record.oldLocation() + " again");
        };
    }

    private Checked objects(MigratedRecord record) {
        Location copy = buckets.target(record.newLocation());
        Location old = buckets.source(record.oldLocation());
        try {
            StoreResult<Optional<ObjectStat>> found = buckets.inspector().stat(copy);
            StoreResult<Optional<ObjectStat>> original = buckets.inspector().stat(old);
            Optional<String> refused = found.refusal().or(original::refusal).map(Refusal::message);
            if (refused.isPresent()) {
                return new Checked(State.UNREADABLE, refused.get());
            }
            return compare(record, copy, found.orElseThrow(), original.orElseThrow());
        } catch (Unavailable trouble) {
            return new Checked(State.UNREADABLE, trouble.getMessage());
        }
    }

    private static Checked compare(
            MigratedRecord record, Location copy, Optional<ObjectStat> found, Optional<ObjectStat> original) {
        if (found.isEmpty()) {
            return new Checked(
                    State.MISSING, "row " + record.rowKey() + " refers to " + copy + ", which doesn't exist");
        }
        if (original.isEmpty()) {
            return new Checked(State.UNREADABLE, "the old object " + record.oldLocation() + " is gone");
        }
        boolean sameProof = found.get()
                .proof()
                .filter(proof -> proof.value().equals(record.proof()))
                .isPresent();
        return switch (found.get().compareContent(original.get())) {
            case SAME -> new Checked(State.VERIFIED, "");
            // Equal sizes, but no digest in common: the ETag shows at least that this is the copy.
            case UNKNOWN ->
                sameProof
                        ? new Checked(State.VERIFIED, "")
                        : new Checked(State.DIFFERENT, copy + " was overwritten after the copy");
            case DIFFERENT ->
                new Checked(
                        State.DIFFERENT,
                        sameProof
                                ? record.oldLocation() + " differs from its copy: it was overwritten after the copy"
                                : copy + " differs from " + record.oldLocation());
        };
    }
}
