package dev.rehome.common.queue;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.RowKey;
import java.util.List;
import java.util.Optional;

/** The producer's view of {@link MemoryBatchQueue}. */
record MemoryBatchPublisher(MemoryBatchQueue queue, String leader) implements BatchPublisher {
    private boolean leads() {
        return queue.leader.equals(leader);
    }

    @Override
    public ScanState lead() {
        queue.leader = leader;
        return queue.scan;
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
        if (!leads() || queue.scan.pass() != pass) {
            return PublishResult.FENCED;
        }
        if (queue.entries.containsKey(batch.id())) {
            return PublishResult.ALREADY_PUBLISHED;
        }
        if (queue.open.size() >= queue.maxOpen) {
            return PublishResult.FULL;
        }
        queue.add(batch);
        queue.scan = new ScanState(pass, Optional.of(position), queue.scan.published() + 1);
        return PublishResult.PUBLISHED;
    }

    @Override
    public List<CopiedBatch> copied(int limit) {
        return queue.copied.stream()
                .limit(limit)
                .map(id -> new CopiedBatch(
                        id,
                        queue.entries.containsKey(id)
                                ? queue.entries.get(id).batch.size()
                                : 0))
                .toList();
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
}
