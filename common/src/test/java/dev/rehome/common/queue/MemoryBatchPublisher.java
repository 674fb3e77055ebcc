package dev.rehome.common.queue;

import dev.rehome.common.Rejected;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.settings.MigrationIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The producer's view of {@link MemoryBatchQueue}. */
final class MemoryBatchPublisher implements BatchPublisher {
    private final MemoryBatchQueue queue;
    private final String leader;
    private final MigrationIdentity identity;
    private final Duration lease;
    private final Predicate<RunId> isOurs;
    private RunId run;

    MemoryBatchPublisher(
            MemoryBatchQueue queue,
            String leader,
            MigrationIdentity identity,
            Duration lease,
            Predicate<RunId> isOurs) {
        this.queue = queue;
        this.leader = leader;
        this.identity = identity;
        this.lease = lease;
        this.isOurs = isOurs;
    }

    private boolean leads() {
        return queue.leader.equals(leader);
    }

    @Override
    public ScanState lead(RunId wanted) {
        if (!wanted.equals(queue.run)) {
            refusal().ifPresent(refusal -> {
                throw new Rejected(refusal);
            });
            if (run != null && queue.run != null) {
                throw new Rejected("Another migration took over the queue");
            }
            queue.wipe();
        }
        queue.leader = leader;
        queue.run = wanted;
        queue.owner = identity;
        queue.leaseTime = lease;
        run = wanted;
        return queue.scan;
    }

    @Override
    public Optional<String> refusal() {
        boolean ours = queue.run == null || isOurs.test(queue.run) || identity.equals(queue.owner);
        return ours ? Optional.empty() : Optional.of(identity.differences(queue.owner.settings()));
    }

    @Override
    public boolean beginPass(long pass) {
        if (leads()) {
            queue.scan = new ScanState(pass, Optional.empty(), 0);
        }
        return leads();
    }

    @Override
    public PublishResult publish(Batch batch, RowKey position, long pass) {
        if (!leads() || !batch.run().equals(queue.run) || queue.scan.pass() != pass) {
            return PublishResult.FENCED;
        }
        if (queue.entries.containsKey(batch.id())) {
            return PublishResult.ALREADY_PUBLISHED;
        }
        if (queue.open.size() >= queue.maxOpen) {
            return PublishResult.FULL;
        }
        queue.add(batch);
        queue.publishedRecords += batch.size();
        queue.scan = new ScanState(pass, Optional.of(position), queue.scan.published() + 1);
        return PublishResult.PUBLISHED;
    }

    @Override
    public List<CopiedBatch> copied(int limit) {
        return queue.copied.stream()
                .limit(limit)
                .filter(id -> run != null && (queue.entries.get(id) == null || isOurs(queue.entries.get(id).batch)))
                .map(id -> new CopiedBatch(
                        id,
                        queue.entries.containsKey(id)
                                ? queue.entries.get(id).batch.size()
                                : 0))
                .toList();
    }

    private boolean isOurs(Batch batch) {
        return batch.run().equals(run);
    }

    @Override
    public boolean finish(BatchId batch) {
        if (leads()) {
            List.of(queue.pending, queue.copied, queue.dead).forEach(place -> place.remove(batch));
            queue.leases.remove(batch);
            queue.open.remove(batch);
            queue.entries.remove(batch);
        }
        return leads();
    }

    @Override
    public void requeue(BatchId batch, String reason) {
        if (queue.copied.remove(batch)) {
            if (queue.entries.containsKey(batch)) {
                queue.move(queue.entries.get(batch), MemoryBatchQueue.State.PENDING);
            } else {
                queue.dead.add(batch);
            }
        }
    }

    @Override
    public QueueDepth depth() {
        return new QueueDepth(
                queue.pending.size(), queue.leases.size(), queue.copied.size(), queue.dead.size(), queue.open.size());
    }

    @Override
    public RecordCounts records() {
        return new RecordCounts(
                queue.publishedRecords,
                queue.copied.stream()
                        .filter(queue.entries::containsKey)
                        .mapToLong(id -> queue.entries.get(id).batch.size())
                        .sum());
    }
}
