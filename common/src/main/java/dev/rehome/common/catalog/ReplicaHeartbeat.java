package dev.rehome.common.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A timestamp that the producer writes to the primary and reads back from the replicas to measure their lag. Both sides
 * of the comparison come from the producer's clock, so differences between clocks don't count as lag. Safe for use by
 * several threads.
 */
public interface ReplicaHeartbeat extends AutoCloseable {
    /** The replicas' names, for messages and for {@link #lastSeen}. */
    List<String> replicas();

    /**
     * Writes a timestamp to the primary.
     *
     * @throws dev.rehome.common.Unavailable when the primary can't be reached or is read-only
     */
    void beat(Instant moment);

    /**
     * The last timestamp of this producer that a replica has received; empty when it has received none. Timestamps of an
     * earlier producer don't count, because its clock may differ.
     *
     * @throws dev.rehome.common.Unavailable when the replica can't be reached
     * @throws dev.rehome.common.Rejected when it denies access, or the heartbeat's table is missing there
     */
    Optional<Instant> lastSeen(String replica);

    /**
     * Checks that a replica can be reached, even if it has received no heartbeat.
     *
     * @throws dev.rehome.common.Unavailable when it can't be reached
     * @throws dev.rehome.common.Rejected when it denies access
     */
    void ping(String replica);

    @Override
    void close();
}
