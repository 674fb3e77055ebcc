package dev.rehome.producer;

import dev.rehome.common.batch.BatchId;
import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.BatchQueue;
import dev.rehome.common.queue.OperatorControl;
import dev.rehome.common.scaling.ServiceScaler;
import dev.rehome.producer.operator.DurableControl;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The services that a producer works with.
 *
 * @param catalog the database
 * @param queue the queue
 * @param scaler the services that run producer and consumers; empty outside ECS
 * @param ids makes batch ids; used by several threads
 * @param clock measures elapsed time
 * @param time the time of day, for run windows
 * @param name this start's own name, in at most 64 ASCII characters
 */
public record ProducerServices(
        ProducerCatalog catalog,
        BatchQueue queue,
        Optional<ServiceScaler> scaler,
        Supplier<BatchId> ids,
        MonotonicClock clock,
        InstantSource time,
        String name)
        implements AutoCloseable {
    /** The operator's control, whose changes the ledger keeps; a new one at each call. */
    public OperatorControl control() {
        return new DurableControl(queue.operator(), catalog.control());
    }

    /** The publisher's view of the queue, under this start's name. */
    public BatchPublisher publisher() {
        return queue.publisher(name, catalog.runs()::contains);
    }

    @Override
    public void close() {
        try (catalog;
                queue) {
            scaler.ifPresent(ServiceScaler::close);
        }
    }
}
