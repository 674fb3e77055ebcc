package dev.rehome.common.catalog;

import dev.rehome.common.batch.BatchId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Writes the old locations back into the rows that still hold their new ones. For use by one thread at a time.
 *
 * <p>Each batch is one transaction on the connection that holds the {@link LeaderLock}. Only rows that hold exactly the
 * value that the migration wrote are changed, byte for byte, and what was written is read back. The batch's totals are
 * stored in the same transaction, so a rollback can be interrupted and repeated.
 */
public interface ReferenceRollback {
    /**
     * The batches with migrated records that aren't rolled back completely, newest first.
     *
     * @param before the last batch of the previous list; empty for the first list
     */
    List<BatchId> batches(Optional<BatchId> before, int limit);

    /** The records of a batch whose rows hold their new locations; none when the batch isn't known. */
    List<Candidate> candidates(BatchId batch);

    /**
     * Rolls a batch back. Repeating the call changes nothing but rows that were kept or failed before.
     *
     * @param restorable the numbers of the records whose old objects are known to exist; all other rows keep their new
     *     locations, also those that hold them only since {@link #candidates} was called
     * @return what the rows of the batch's migrated records hold now
     * @throws dev.rehome.common.Unavailable also when the leader lock isn't held
     */
    Totals rollBack(BatchId batch, Set<Integer> restorable);

    /** The sum over all batches that were rolled back. */
    Totals totals();

    /** The ledger's time of the latest rollback that gave rows their old locations; empty when there was none. */
    Optional<Instant> latest();

    /** The statement that rolls a batch back, for people to read. */
    String statement();

    /**
     * A record whose row may get its old location back.
     *
     * @param record its number in the batch
     * @param oldLocation the object's key in the source container
     */
    record Candidate(int record, String oldLocation) {
        public Candidate {
            Objects.requireNonNull(oldLocation, "oldLocation");
        }
    }

    /**
     * What the rows of migrated records hold after a rollback.
     *
     * @param restored the old location
     * @param changed another value of the application; left alone
     * @param deleted nothing: the application deleted the row
     * @param kept the new location, because no object is known to be at the old one
     * @param failed the new location, because the database rejects the old one
     */
    record Totals(long restored, long changed, long deleted, long kept, long failed) {
        /** No records. */
        public static final Totals NONE = new Totals(0, 0, 0, 0, 0);

        /** The sum of two totals. */
        public Totals plus(Totals other) {
            return new Totals(
                    restored + other.restored,
                    changed + other.changed,
                    deleted + other.deleted,
                    kept + other.kept,
                    failed + other.failed);
        }

        /** The number of rows that still hold their new locations. */
        public long left() {
            return kept + failed;
        }
    }
}
