package dev.rehome.common.catalog;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The producer's clock, written to the primary and read back at its replicas: what has not arrived there is their lag.
 * One clock writes and compares, so that no difference between two clocks is taken for lag. Safe for use by several
 * threads.
 */
public interface ReplicaHeartbeat extends AutoCloseable {
    /** The replicas' names, for messages and for {@link #lastSeen}. */
    List<String> replicas();

    /**
     * Writes a moment to the primary.
     *
     * @throws Unavailable when it is away or read-only
     */
    void beat(Instant moment);

    /**
     * The last moment of ours that arrived at a replica; empty when none has: that of an earlier producer, with a clock
     * of its own, doesn't count.
     *
     * @throws Unavailable when the replica doesn't answer
     * @throws Rejected when it refuses us, or has no such table
     */
    Optional<Instant> lastSeen(String replica);

    /**
     * Looks whether a replica answers us at all, whatever has arrived there.
     *
     * @throws Unavailable when it doesn't
     * @throws Rejected when it refuses us
     */
    void ping(String replica);

    @Override
    void close();
}
