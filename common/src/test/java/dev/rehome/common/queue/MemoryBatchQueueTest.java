package dev.rehome.common.queue;

import dev.rehome.common.TestClock;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Predicate;

/** The queue in memory passes the contract of the real one. */
class MemoryBatchQueueTest extends BatchQueueContract {
    @Override
    protected QueueUnderTest open() {
        return new InMemory();
    }

    private static final class InMemory implements QueueUnderTest {
        private final TestClock clock = new TestClock();
        private final MemoryBatchQueue queue = new MemoryBatchQueue(clock, LEASE, MAX_ATTEMPTS, MAX_OPEN, PRODUCTION);

        @Override
        public BatchPublisher publisher(String leader, Duration lease) {
            return new MemoryBatchPublisher(queue, leader, PRODUCTION, lease, run -> false);
        }

        @Override
        public BatchPublisher stagingPublisher(String leader, Predicate<RunId> isOurs) {
            return new MemoryBatchPublisher(queue, leader, STAGING, LEASE, isOurs);
        }

        @Override
        public BatchClaimer claimer(String owner) {
            return queue.claimer(owner);
        }

        @Override
        public BatchClaimer stagingClaimer(String owner) {
            return new MemoryBatchClaimer(queue, owner, STAGING);
        }

        @Override
        public BatchReaper reaper() {
            return queue.reaper();
        }

        @Override
        public ControlChannel control() {
            return queue.control();
        }

        @Override
        public FleetCopies fleet() {
            return queue.fleet();
        }

        @Override
        public InstantSource time() {
            return queue.time;
        }

        @Override
        public OperatorControl operator() {
            return queue.operator();
        }

        @Override
        public ProgressBoard progress() {
            return queue.progress();
        }

        @Override
        public String contents() {
            return queue.contents();
        }

        @Override
        public void expireLeases() {
            queue.leases.replaceAll((id, expiry) -> clock.instant());
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
            queue.close();
        }
    }
}
