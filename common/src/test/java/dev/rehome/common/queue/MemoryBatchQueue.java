package dev.rehome.common.queue;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.RowKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The queue in memory, held to {@link BatchQueueContract} like the real one. For one thread; time is the caller's. */
public final class MemoryBatchQueue {
    private enum State {
        PENDING,
        LEASED,
        COPIED,
        DEAD
    }

    private static final class Entry {
        private final Batch batch;
        private State state = State.PENDING;
        private String owner = "";
        private long epoch;
        private int attempts;

        private Entry(Batch batch) {
            this.batch = batch;
        }
    }

    private final InstantSource time;
    private final Duration lease;
    private final int maxAttempts;
    private final int maxOpen;

    /** Oldest first, as are the copied and the dead. */
    final List<BatchId> pending = new ArrayList<>();

    final Map<BatchId, Instant> leases = new TreeMap<>(BY_TEXT);
    final List<BatchId> copied = new ArrayList<>();
    final List<BatchId> dead = new ArrayList<>();
    final Set<BatchId> open = new TreeSet<>(BY_TEXT);
    private final Map<BatchId, Entry> entries = new HashMap<>();
    private String leader = "";
    private ScanState scan = new ScanState(0, Optional.empty(), 0);

    private static final java.util.Comparator<BatchId> BY_TEXT = java.util.Comparator.comparing(BatchId::toString);

    /** Makes an empty one; the parameters are those of the real one's settings. */
    public MemoryBatchQueue(InstantSource time, Duration lease, int maxAttempts, int maxOpen) {
        this.time = time;
        this.lease = lease;
        this.maxAttempts = maxAttempts;
        this.maxOpen = maxOpen;
    }

    /** The view of the producer with that token. */
    public BatchPublisher publisher(String token) {
        return new Publisher(token);
    }

    /** The view of the consumer with that name. */
    public BatchClaimer claimer(String owner) {
        return new Claimer(owner);
    }

    /** The view of recovery. */
    public BatchReaper reaper() {
        return new Reaper();
    }

    /** Loses all data, as a Redis whose disk is gone. */
    public void wipe() {
        List.of(pending, copied, dead).forEach(List::clear);
        leases.clear();
        open.clear();
        entries.clear();
        leader = "";
        scan = new ScanState(0, Optional.empty(), 0);
    }

    /** What stands where, as {@link QueueContents} writes it. */
    public String contents() {
        return QueueContents.of(pending, leases.keySet(), copied, dead, open);
    }

    /** Forgets a batch of which only the id stays. */
    void forget(BatchId batch) {
        entries.remove(batch);
    }

    private void move(Entry entry, State state, List<BatchId> place) {
        entry.state = state;
        place.add(entry.batch.id());
    }

    private void add(Batch batch) {
        Entry entry = new Entry(batch);
        entries.put(batch.id(), entry);
        open.add(batch.id());
        move(entry, State.PENDING, pending);
    }

    private final class Publisher implements BatchPublisher {
        private final String token;

        private Publisher(String token) {
            this.token = token;
        }

        @Override
        public ScanState lead() {
            leader = token;
            return scan;
        }

        @Override
        public boolean beginPass(long pass) {
            if (!leader.equals(token)) {
                return false;
            }
            scan = new ScanState(pass, Optional.empty(), 0);
            return true;
        }

        @Override
        public PublishResult publish(Batch batch, RowKey position, long pass) {
            if (!leader.equals(token) || scan.pass() != pass) {
                return PublishResult.FENCED;
            }
            if (entries.containsKey(batch.id())) {
                return PublishResult.ALREADY_PUBLISHED;
            }
            if (open.size() >= maxOpen) {
                return PublishResult.FULL;
            }
            add(batch);
            scan = new ScanState(pass, Optional.of(position), scan.published() + 1);
            return PublishResult.PUBLISHED;
        }

        @Override
        public List<CopiedBatch> copied(int limit) {
            return copied.stream()
                    .limit(limit)
                    .map(id -> new CopiedBatch(
                            id, entries.containsKey(id) ? entries.get(id).batch.size() : 0))
                    .toList();
        }

        @Override
        public boolean finish(BatchId batch) {
            if (!leader.equals(token)) {
                return false;
            }
            List.of(pending, copied, dead).forEach(place -> place.remove(batch));
            leases.remove(batch);
            open.remove(batch);
            entries.remove(batch);
            return true;
        }

        @Override
        public void requeue(BatchId batch, String reason) {
            if (copied.remove(batch)) {
                if (entries.containsKey(batch)) {
                    move(entries.get(batch), State.PENDING, pending);
                } else {
                    dead.add(batch);
                }
            }
        }

        @Override
        public QueueDepth depth() {
            return new QueueDepth(pending.size(), leases.size(), copied.size(), dead.size(), open.size());
        }
    }

    private final class Claimer implements BatchClaimer {
        private final String owner;

        private Claimer(String owner) {
            this.owner = owner;
        }

        @Override
        public Optional<Claim> claim() {
            if (pending.isEmpty()) {
                return Optional.empty();
            }
            BatchId id = pending.remove(0);
            Entry entry = entries.get(id);
            if (entry == null) {
                dead.add(id);
                return Optional.empty();
            }
            leases.put(id, time.instant().plus(lease));
            entry.state = State.LEASED;
            entry.owner = owner;
            entry.epoch++;
            entry.attempts++;
            return Optional.of(new Claim(new Lease(id, owner, entry.epoch), entry.batch, entry.attempts));
        }

        @Override
        public boolean heartbeat(Lease held) {
            boolean ours =
                    holder(held).filter(entry -> entry.state == State.LEASED).isPresent();
            if (ours) {
                leases.put(held.batch(), time.instant().plus(lease));
            }
            return ours;
        }

        @Override
        public CompleteResult complete(Lease held) {
            State state = holder(held).map(entry -> entry.state).orElse(State.DEAD);
            if (state != State.LEASED) {
                return state == State.COPIED ? CompleteResult.ALREADY_DONE : CompleteResult.LOST;
            }
            leases.remove(held.batch());
            move(entries.get(held.batch()), State.COPIED, copied);
            return CompleteResult.DONE;
        }

        @Override
        public boolean release(Lease held, boolean counts) {
            Optional<Entry> ours = holder(held).filter(entry -> entry.state == State.LEASED);
            ours.ifPresent(entry -> {
                leases.remove(held.batch());
                entry.attempts -= counts ? 0 : 1;
                boolean last = counts && entry.attempts >= maxAttempts;
                move(entry, last ? State.DEAD : State.PENDING, last ? dead : pending);
            });
            return ours.isPresent();
        }

        private Optional<Entry> holder(Lease held) {
            return Optional.ofNullable(entries.get(held.batch()))
                    .filter(entry -> entry.owner.equals(held.owner()) && entry.epoch == held.epoch());
        }
    }

    private final class Reaper implements BatchReaper {
        @Override
        public Recovered recover() {
            int toDead = 0;
            int toPending = 0;
            Instant furthest = time.instant().plus(lease);
            leases.replaceAll((id, expiry) -> expiry.isAfter(furthest) ? furthest : expiry);
            for (BatchId id : List.copyOf(leases.keySet())) {
                if (!leases.get(id).isAfter(time.instant())) {
                    leases.remove(id);
                    Entry entry = entries.get(id);
                    if (entry != null && entry.state == State.LEASED) {
                        boolean last = entry.attempts >= maxAttempts;
                        move(entry, last ? State.DEAD : State.PENDING, last ? dead : pending);
                        toDead += last ? 1 : 0;
                        toPending += last ? 0 : 1;
                    }
                }
            }
            return new Recovered(toPending, toDead);
        }

        @Override
        public int reconcile() {
            int mended = 0;
            List<BatchId> placed = Stream.of(pending, copied, dead, leases.keySet())
                    .flatMap(place -> List.copyOf(place).stream())
                    .toList();
            for (BatchId id : placed) {
                if (!open.contains(id)) {
                    mended++;
                    if (entries.containsKey(id)) {
                        open.add(id);
                    } else {
                        Stream.of(pending, copied, dead, leases.keySet()).forEach(place -> place.remove(id));
                    }
                }
            }
            for (BatchId id : List.copyOf(open)) {
                if (!placed.contains(id)) {
                    mended++;
                    if (entries.containsKey(id)) {
                        move(entries.get(id), State.PENDING, pending);
                    } else {
                        open.remove(id);
                    }
                }
            }
            return mended;
        }

        @Override
        public List<BatchId> dead(int limit) {
            return dead.stream().limit(limit).toList();
        }

        @Override
        public Optional<Batch> payload(BatchId batch) {
            return Optional.ofNullable(entries.get(batch)).map(entry -> entry.batch);
        }

        @Override
        public boolean split(BatchId whole, List<Batch> parts) {
            if (!dead.remove(whole)) {
                return false;
            }
            open.remove(whole);
            entries.remove(whole);
            parts.forEach(MemoryBatchQueue.this::add);
            return true;
        }
    }
}
