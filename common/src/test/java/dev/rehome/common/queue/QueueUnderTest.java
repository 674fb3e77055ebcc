package dev.rehome.common.queue;

import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.settings.MigrationIdentity;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A queue under test: its views, its contents, and ways to let time pass and to damage it.
 *
 * <p>At most 4 batches may be open, and 3 attempts count; a lease lasts until {@link #expireLeases}.
 */
public interface QueueUnderTest extends AutoCloseable {
    /** The containers of ids. */
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

    /** The migration under test. */
    MigrationIdentity PRODUCTION =
            new MigrationIdentity("m", new TreeMap<>(Map.of("DATABASE_HOST", "production", "DATABASE_NAME", "shop")));

    /** Another migration that was given the same name. */
    MigrationIdentity STAGING =
            new MigrationIdentity("m", new TreeMap<>(Map.of("DATABASE_HOST", "staging", "DATABASE_NAME", "shop")));

    /** The view of a producer. */
    default BatchPublisher publisher(String leader) {
        return publisher(leader, LEASE);
    }

    /** The view of a producer with a lease time of its own. */
    BatchPublisher publisher(String leader, Duration lease);

    /** The view of a producer of {@link #STAGING}, whose ledger knows the runs that are {@code isOurs}. */
    BatchPublisher stagingPublisher(String leader, Predicate<RunId> isOurs);

    /** The view of a consumer, whose own lease time is {@link #LEASE}. */
    BatchClaimer claimer(String owner);

    /** The view of a consumer of {@link #STAGING}. */
    BatchClaimer stagingClaimer(String owner);

    /** The recovery view. */
    BatchReaper reaper();

    /** The hints that the processes read from each other. */
    ControlChannel control();

    /** The operator's view. */
    OperatorControl operator();

    /** The published progress. */
    ProgressBoard progress();

    /** What all consumers together may start. */
    FleetCopies fleet();

    /** The queue's clock. */
    InstantSource time();

    /** The ids in each container, in the notation of {@link QueueContents}. */
    String contents();

    /** Lets every present lease expire. */
    void expireLeases();

    /** Sets the queue's clock back, so that every present lease ends that much later. */
    void setClockBack(Duration by);

    /** How long a lease would last from now, without a further heartbeat. */
    Duration leaseLeft(BatchId batch);

    /** Removes an id from one container and changes nothing else. */
    void take(BatchId batch, Place from);

    /** Adds an id to one container and changes nothing else. */
    void put(BatchId batch, Place into);

    /** Deletes a batch's data; its id stays in its container. */
    void forget(BatchId batch);

    /** Loses all data. */
    void wipe();

    @Override
    void close();
}
