package dev.rehome.common.queue;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.queue.MemoryBatchQueue.Entry;
import dev.rehome.common.queue.MemoryBatchQueue.State;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The recovery view of {@link MemoryBatchQueue}. */
record MemoryBatchReaper(MemoryBatchQueue queue) implements BatchReaper {
    @Override
    public Recovered recover() {
        int toDead = 0;
        int toPending = 0;
        queue.leases.replaceAll((id, expiry) -> {
            Entry known = queue.entries.get(id);
            Instant furthest = queue.time.instant().plus(known == null ? queue.leaseTime : known.lease);
            return expiry.isAfter(furthest) ? furthest : expiry;
        });
        for (BatchId id : List.copyOf(queue.leases.keySet())) {
            if (!queue.leases.get(id).isAfter(queue.time.instant())) {
                queue.leases.remove(id);
                Entry entry = queue.entries.get(id);
                if (entry != null && entry.state == State.LEASED) {
                    boolean dies = queue.endAttempt(entry) == State.DEAD;
                    toDead += dies ? 1 : 0;
                    toPending += dies ? 0 : 1;
                }
            }
        }
        return new Recovered(toPending, toDead);
    }

    @Override
    public int reconcile() {
        int repaired = 0;
        List<BatchId> placed = containers().flatMap(Collection::stream).toList();
        for (BatchId id : placed) {
            if (!queue.open.contains(id)) {
                repaired++;
                if (queue.entries.containsKey(id)) {
                    queue.open.add(id);
                } else {
                    containers().forEach(container -> container.remove(id));
                }
            }
        }
        for (BatchId id : List.copyOf(queue.open)) {
            if (!placed.contains(id)) {
                repaired++;
                if (queue.entries.containsKey(id)) {
                    queue.move(queue.entries.get(id), State.PENDING);
                } else {
                    queue.open.remove(id);
                }
            }
        }
        return repaired;
    }

    private Stream<Collection<BatchId>> containers() {
        return Stream.of(queue.pending, queue.copied, queue.dead, queue.leases.keySet());
    }

    @Override
    public List<BatchId> dead(int limit) {
        return queue.dead.stream().limit(limit).toList();
    }

    @Override
    public Optional<Batch> payload(BatchId batch) {
        return Optional.ofNullable(queue.entries.get(batch)).map(entry -> entry.batch);
    }

    @Override
    public boolean split(BatchId dead, List<Batch> parts) {
        if (!queue.dead.remove(dead)) {
            return false;
        }
        queue.open.remove(dead);
        queue.entries.remove(dead);
        parts.forEach(queue::add);
        return true;
    }
}
