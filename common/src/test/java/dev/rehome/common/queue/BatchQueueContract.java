package dev.rehome.common.queue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The contract of every queue. Each transition is specified by the contents before and after it. A backend passes it by a
 * subclass that opens an empty queue.
 */
public abstract class BatchQueueContract
        implements PublisherContract,
                OwnershipContract,
                ClaimerContract,
                ReaperContract,
                ControlContract,
                FleetContract {
    private QueueUnderTest queue;
    private BatchPublisher publisher;

    /** Opens an empty queue; the test closes it. */
    protected abstract QueueUnderTest open();

    @BeforeEach
    final void begin() {
        queue = open();
        publisher = queue.publisher("leader");
    }

    @AfterEach
    final void end() {
        queue.close();
    }

    @Override
    public final QueueUnderTest queue() {
        return queue;
    }

    @Override
    public final BatchPublisher publisher() {
        return publisher;
    }
}
