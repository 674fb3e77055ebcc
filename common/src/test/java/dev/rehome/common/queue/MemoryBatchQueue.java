package dev.rehome.common.queue;

import dev.rehome.common.Remains;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.settings.MigrationIdentity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The queue in memory, which passes {@link BatchQueueContract} like the real one. This class holds the state; each view is
 * a class of its own. For one thread; the caller moves the time.
 */
public final class MemoryBatchQueue implements BatchQueue {
    private static final Comparator<BatchId> BY_TEXT = Comparator.comparing(BatchId::toString);

    enum State {
        PENDING,
        LEASED,
        COPIED,
        DEAD
    }

    /** A batch and its place. */
    static final class Entry {
        final Batch batch;
        Duration lease = Duration.ZERO;
        State state = State.PENDING;
        String owner = "";
        long epoch;
        int attempts;

        Entry(Batch batch) {
            this.batch = batch;
        }

        Entry copy() {
            Entry copy = new Entry(batch);
            copy.lease = lease;
            copy.state = state;
            copy.owner = owner;
            copy.epoch = epoch;
            copy.attempts = attempts;
            return copy;
        }
    }

    final InstantSource time;
    final Duration lease;
    final int maxAttempts;
    final int maxOpen;

    /** Oldest first, as are the copied and the dead. */
    final List<BatchId> pending = new ArrayList<>();

    final Map<BatchId, Instant> leases = new TreeMap<>(BY_TEXT);
    final List<BatchId> copied = new ArrayList<>();
    final List<BatchId> dead = new ArrayList<>();
    final Set<BatchId> open = new TreeSet<>(BY_TEXT);
    final Map<BatchId, Entry> entries = new HashMap<>();
    String leader = "";
    RunId run;
    MigrationIdentity owner;
    Duration leaseTime;
    ScanState scan = new ScanState(0, Optional.empty(), 0);
    private final MigrationIdentity identity;
    private final MemoryControlChannel control = new MemoryControlChannel();
    private final MemoryOperatorControl operator;
    private final MemoryProgressBoard progress;
    long publishedRecords;
    private final FleetCopies fleet;

    /** Makes an empty queue; the parameters are those of the real one's settings. */
    public MemoryBatchQueue(InstantSource time, Duration lease, int maxAttempts, int maxOpen) {
        this(time, lease, maxAttempts, maxOpen, new MigrationIdentity("memory", new TreeMap<>()));
    }

    MemoryBatchQueue(InstantSource time, Duration lease, int maxAttempts, int maxOpen, MigrationIdentity identity) {
        this.identity = identity;
        this.fleet = new MemoryFleetCopies(time);
        this.operator = new MemoryOperatorControl(time);
        this.progress = new MemoryProgressBoard(time);
        this.time = time;
        this.lease = lease;
        this.leaseTime = lease;
        this.maxAttempts = maxAttempts;
        this.maxOpen = maxOpen;
    }

    @Override
    public BatchPublisher publisher(String token, Predicate<RunId> isOurs) {
        return new MemoryBatchPublisher(this, token, identity, lease, isOurs);
    }

    @Override
    public BatchClaimer claimer(String owner) {
        return new MemoryBatchClaimer(this, owner, identity);
    }

    @Override
    public BatchReaper reaper() {
        return new MemoryBatchReaper(this);
    }

    @Override
    public ControlChannel control() {
        return control;
    }

    @Override
    public OperatorControl operator() {
        return operator;
    }

    @Override
    public ProgressBoard progress() {
        return progress;
    }

    @Override
    public FleetCopies fleet() {
        return fleet;
    }

    @Override
    public Remains remains() {
        return new Remains() {
            @Override
            public List<String> names() {
                return entries.keySet().stream().map(Object::toString).sorted().toList();
            }

            @Override
            public void drop() {
                wipe();
            }
        };
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    /** Loses all data, like a Redis whose disk is gone. */
    public void wipe() {
        clear();
        operator.wipe();
        leader = "";
        run = null;
        owner = null;
        scan = new ScanState(0, Optional.empty(), 0);
        publishedRecords = 0;
    }

    /** Backs the data up; running the result puts them back. */
    public Runnable backUp() {
        List<Entry> saved = entries.values().stream().map(Entry::copy).toList();
        List<List<BatchId>> lists = List.of(List.copyOf(pending), List.copyOf(copied), List.copyOf(dead));
        Map<BatchId, Instant> savedLeases = Map.copyOf(leases);
        String savedLeader = leader;
        RunId savedRun = run;
        MigrationIdentity savedOwner = owner;
        ScanState savedScan = scan;
        long savedRecords = publishedRecords;
        return () -> {
            clear();
            saved.forEach(entry -> {
                entries.put(entry.batch.id(), entry.copy());
                open.add(entry.batch.id());
            });
            pending.addAll(lists.get(0));
            copied.addAll(lists.get(1));
            dead.addAll(lists.get(2));
            leases.putAll(savedLeases);
            leader = savedLeader;
            run = savedRun;
            owner = savedOwner;
            scan = savedScan;
            publishedRecords = savedRecords;
        };
    }

    /** Forgets all batches. */
    void clear() {
        List.of(pending, copied, dead).forEach(List::clear);
        leases.clear();
        open.clear();
        entries.clear();
    }

    /** The ids in each container, in the notation of {@link QueueContents}. */
    public String contents() {
        return QueueContents.of(pending, leases.keySet(), copied, dead, open);
    }

    void add(Batch batch) {
        Entry entry = new Entry(batch);
        entries.put(batch.id(), entry);
        open.add(batch.id());
        move(entry, State.PENDING);
    }

    void move(Entry entry, State state) {
        entry.state = state;
        switch (state) {
            case PENDING -> pending.add(entry.batch.id());
            case COPIED -> copied.add(entry.batch.id());
            case DEAD -> dead.add(entry.batch.id());
            case LEASED -> {
                entry.lease = leaseTime;
                leases.put(entry.batch.id(), time.instant().plus(leaseTime));
            }
        }
    }

    /** Ends an attempt that counted: the last one makes the batch a dead letter. Returns the new state. */
    State endAttempt(Entry entry) {
        State next = entry.attempts >= maxAttempts ? State.DEAD : State.PENDING;
        move(entry, next);
        return next;
    }
}
