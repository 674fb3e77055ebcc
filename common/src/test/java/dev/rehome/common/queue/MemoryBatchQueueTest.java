package dev.rehome.common.queue;

import dev.rehome.common.TestClock;
import dev.rehome.common.batch.BatchId;
import java.time.Duration;
import java.time.Instant;

/** The fake is held to what the real queue is held to. */
class MemoryBatchQueueTest extends BatchQueueContract {
    @Override
    protected QueueUnderTest open() {
        return new InMemory();
    }

    private static final class InMemory implements QueueUnderTest {
        private final TestClock clock = new TestClock();
        private final MemoryBatchQueue queue = new MemoryBatchQueue(clock, LEASE, MAX_ATTEMPTS, MAX_OPEN);

        @Override
        public BatchPublisher publisher(String leader) {
            return queue.publisher(leader);
        }

        @Override
        public BatchClaimer claimer(String owner) {
            return queue.claimer(owner);
        }

        @Override
        public BatchReaper reaper() {
            return queue.reaper();
        }

        @Override
        public String contents() {
            return queue.contents();
        }

        @Override
        public void expireLeases() {
            clock.advance(LEASE);
        }

        @Override
        public void setClockBack(Duration by) {
            clock.advance(by.negated());
        }

        @Override
        public Duration leaseLeft(BatchId batch) {
            return Duration.between(clock.instant(), queue.leases.get(batch));
        }

        @Override
        public void take(BatchId batch, Place from) {
            switch (from) {
                case PENDING -> queue.pending.remove(batch);
                case LEASED -> queue.leases.remove(batch);
                case COPIED -> queue.copied.remove(batch);
                case DEAD -> queue.dead.remove(batch);
                case OPEN -> queue.open.remove(batch);
            }
        }

        @Override
        public void put(BatchId batch, Place into) {
            switch (into) {
                case PENDING -> queue.pending.add(batch);
                case LEASED -> queue.leases.put(batch, Instant.MAX);
                case COPIED -> queue.copied.add(batch);
                case DEAD -> queue.dead.add(batch);
                case OPEN -> queue.open.add(batch);
            }
        }

        @Override
        public void forget(BatchId batch) {
            queue.entries.remove(batch);
        }

        @Override
        public void wipe() {
            queue.wipe();
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
