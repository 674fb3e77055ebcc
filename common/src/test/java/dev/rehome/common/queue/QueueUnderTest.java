package dev.rehome.common.queue;

import dev.rehome.common.batch.BatchId;
import java.time.Duration;

/**
 * A queue under test: its views, its contents laid bare, and ways to let time pass and to do damage.
 *
 * <p>At most 4 batches may be open, and 3 attempts count; a lease lasts until {@link #expireLeases}.
 */
public interface QueueUnderTest extends AutoCloseable {
    /** Where an id may stand. */
    enum Place {
        PENDING,
        LEASED,
        COPIED,
        DEAD,
        OPEN
    }

    /** How many batches may be open. */
    int MAX_OPEN = 4;

    /** How long a lease lasts. */
    Duration LEASE = Duration.ofSeconds(60);

    /** How many attempts a batch has. */
    int MAX_ATTEMPTS = 3;

    /** The view of a producer. */
    BatchPublisher publisher(String leader);

    /** The view of a consumer. */
    BatchClaimer claimer(String owner);

    /** The view of recovery. */
    BatchReaper reaper();

    /** What stands where, as {@link QueueContents} writes it. */
    String contents();

    /** Lets every present lease run out. */
    void expireLeases();

    /** Sets the queue's clock back, which leaves every present lease ending that much further ahead. */
    void setClockBack(Duration by);

    /** How long a lease would last from now, without a further heartbeat. */
    Duration leaseLeft(BatchId batch);

    /** Takes an id out of one place and leaves all else. */
    void take(BatchId batch, Place from);

    /** Puts an id into one place and leaves all else. */
    void put(BatchId batch, Place into);

    /** Forgets all that is known of a batch but its id. */
    void forget(BatchId batch);

    /** Loses all data. */
    void wipe();

    @Override
    void close();
}
