package dev.rehome.common.queue;

import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.queue.MemoryBatchQueue.Entry;
import dev.rehome.common.queue.MemoryBatchQueue.State;
import dev.rehome.common.settings.MigrationIdentity;
import java.time.Duration;
import java.util.Optional;

/** A consumer's view of {@link MemoryBatchQueue}. */
record MemoryBatchClaimer(MemoryBatchQueue queue, String owner, MigrationIdentity identity) implements BatchClaimer {
    @Override
    public Optional<Claim> claim(RunId run) {
        if (queue.run != null && !queue.run.equals(run) && !identity.equals(queue.owner)) {
            throw new Unavailable(identity.differences(queue.owner.settings()));
        }
        if (!run.equals(queue.run) || queue.pending.isEmpty()) {
            return Optional.empty();
        }
        BatchId id = queue.pending.remove(0);
        Entry entry = queue.entries.get(id);
        if (entry == null) {
            queue.dead.add(id);
            return Optional.empty();
        }
        if (!entry.batch.run().equals(run)) {
            queue.open.remove(id);
            queue.entries.remove(id);
            return Optional.empty();
        }
        queue.move(entry, State.LEASED);
        entry.owner = owner;
        entry.epoch++;
        entry.attempts++;
        return Optional.of(new Claim(new Lease(id, owner, entry.epoch), entry.batch, entry.attempts));
    }

    @Override
    public boolean heartbeat(Lease lease) {
        Optional<Entry> ours = leased(lease);
        ours.ifPresent(entry -> queue.move(entry, State.LEASED));
        return ours.isPresent();
    }

    @Override
    public Duration leaseTime() {
        return queue.leaseTime;
    }

    @Override
    public CompleteResult complete(Lease lease) {
        Optional<Entry> ours = held(lease);
        if (ours.isPresent() && ours.get().state == State.COPIED) {
            return CompleteResult.ALREADY_DONE;
        }
        if (leased(lease).isEmpty()) {
            return CompleteResult.LOST;
        }
        queue.leases.remove(lease.batch());
        queue.move(ours.get(), State.COPIED);
        return CompleteResult.DONE;
    }

    @Override
    public boolean release(Lease lease, boolean counts) {
        Optional<Entry> ours = leased(lease);
        ours.ifPresent(entry -> {
            queue.leases.remove(lease.batch());
            if (counts) {
                queue.endAttempt(entry);
            } else {
                entry.attempts--;
                queue.move(entry, State.PENDING);
            }
        });
        return ours.isPresent();
    }

    private Optional<Entry> held(Lease lease) {
        return Optional.ofNullable(queue.entries.get(lease.batch()))
                .filter(entry -> entry.owner.equals(lease.owner()) && entry.epoch == lease.epoch());
    }

    private Optional<Entry> leased(Lease lease) {
        return held(lease).filter(entry -> entry.state == State.LEASED);
    }
}
