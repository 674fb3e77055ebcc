package dev.rehome.common.queue;

/**
 * The queue of one migration: hands out the views of its roles. Opened lazily: an unreachable queue shows at the first
 * call. Safe for use by any thread.
 */
public interface BatchQueue extends AutoCloseable {
    /** The producer's view. {@code leader} is a token of this start of the producer, different at each start. */
    BatchPublisher publisher(String leader);

    /** A consumer's view. {@code owner} names this start of the consumer. */
    BatchClaimer claimer(String owner);

    /** The recovery view. */
    BatchReaper reaper();

    /** Pauses, throttling and the consumers' status lines. */
    ControlChannel control();

    /** The operator's view. */
    OperatorControl operator();

    @Override
    void close();
}
