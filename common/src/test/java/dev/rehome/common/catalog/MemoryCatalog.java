package dev.rehome.common.catalog;

import dev.rehome.common.Remains;
import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.CopiedRecord;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.catalog.MemoryDatabase.Outcome;
import dev.rehome.common.catalog.MemoryDatabase.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/** One process' view of a {@link MemoryDatabase}, held to {@link CatalogContract} like that of a real database. */
public final class MemoryCatalog implements ProducerCatalog, VerificationCatalog {
    private final MemoryDatabase database;
    private final Selection selection;

    MemoryCatalog(MemoryDatabase database, Selection selection) {
        this.database = database;
        this.selection = selection;
    }

    @Override
    public Inspection inspect() {
        return new Inspection(Optional.of(table()), List.of());
    }

    /** The table, which can always be migrated. */
    public CatalogTable table() {
        return new MemoryTable(database, selection, new Update());
    }

    @Override
    public LeaderLock lock() {
        return new Lock();
    }

    @Override
    public ManifestLoader manifest() {
        return new Loader();
    }

    @Override
    public OutcomeLedger outcomes() {
        return new MemoryLedger(database);
    }

    @Override
    public BatchLedger batches() {
        return new MemoryLedger(database);
    }

    @Override
    public RunLedger runs() {
        return new MemoryLedger(database);
    }

    @Override
    public PendingScaleDown scaleDown() {
        return new MemoryLedger(database);
    }

    @Override
    public RecordedOutcomes recorded() {
        return new MemoryFailures(database)::outcomes;
    }

    @Override
    public FailureLedger failures() {
        return new MemoryFailures(database);
    }

    @Override
    public EventLedger events() {
        return new MemoryLedger(database);
    }

    @Override
    public ControlLedger control() {
        return new MemoryControlLedger(database.changes);
    }

    @Override
    public Remains remains() {
        return new MemoryRemains(database);
    }

    @Override
    public ReferenceRollback rollback() {
        return new MemoryRollback(database, this::requireLock);
    }

    @Override
    public MigratedRecords migrated() {
        return new MemoryMigratedRecords(database);
    }

    /** No statement runs beside the caller's. */
    @Override
    public ServerLoad load() {
        return new ServerLoad() {
            @Override
            public Reading read() {
                return new Reading(1, 0);
            }

            @Override
            public int replicas() {
                return 0;
            }
        };
    }

    /** The replicas have no lag. */
    @Override
    public ReplicaHeartbeat heartbeat(List<ServerAddress> replicas, String writer) {
        return new InstantReplication(
                replicas.stream().map(ServerAddress::toString).toList());
    }

    private void requireLock() {
        if (database.leader != this) {
            throw new Unavailable("This producer doesn't hold the leader lock");
        }
    }

    @Override
    public void close() {
        if (database.leader == this) {
            database.leader = null;
        }
    }

    private final class Lock implements LeaderLock {
        @Override
        public boolean acquire(Duration atMost) {
            if (database.leader == null) {
                database.leader = MemoryCatalog.this;
            }
            return database.leader == MemoryCatalog.this;
        }

        @Override
        public void close() {
            MemoryCatalog.this.close();
        }
    }

    private final class Loader implements ManifestLoader {
        @Override
        public Optional<String> loaded() {
            return database.loadedManifest;
        }

        @Override
        public void load(String identity, Iterator<ManifestEntry> entries, LongConsumer onLoaded) {
            requireLock();
            database.loadedManifest = Optional.empty();
            database.manifest.clear();
            while (entries.hasNext()) {
                ManifestEntry entry = entries.next();
                database.manifest.put(entry.objectKey(), entry.targetKey());
                onLoaded.accept(database.manifest.size());
            }
            database.loadedManifest = Optional.of(identity);
        }
    }

    private final class Update implements ReferenceUpdate {
        @Override
        public ApplyResult apply(BatchId batch, int records) {
            requireLock();
            Map<Integer, Outcome> known = database.outcomesOf(batch);
            if (known.size() < records) {
                return ApplyResult.outcomesMissing(records - known.size());
            }
            known.values().stream()
                    .filter(outcome -> outcome.state == State.COPIED)
                    .forEach(this::update);
            RecordTotals totals = database.count(batch);
            database.finish(batch, totals);
            return ApplyResult.applied(totals);
        }

        private void update(Outcome outcome) {
            RowKey rowKey = outcome.source.rowKey();
            String target = ((CopiedRecord) outcome.reported).newLocation();
            String now = database.rows.get(rowKey);
            if (!database.rows.containsKey(rowKey)) {
                outcome.state = State.DELETED;
            } else if (outcome.source.location().equals(now) || target.equals(now)) {
                database.rows.put(rowKey, target);
                outcome.state = State.MIGRATED;
            } else {
                outcome.state = State.CHANGED;
            }
        }

        @Override
        public String statement() {
            return "rows.put(rowKey, newLocation) where the row still holds the old location";
        }
    }

    private static final class InstantReplication implements ReplicaHeartbeat {
        private final List<String> replicas;
        private final Map<String, Instant> seen = new TreeMap<>();

        private InstantReplication(List<String> replicas) {
            this.replicas = replicas;
        }

        @Override
        public List<String> replicas() {
            return replicas;
        }

        @Override
        public void beat(Instant moment) {
            replicas.forEach(replica -> seen.put(replica, moment));
        }

        @Override
        public Optional<Instant> lastSeen(String replica) {
            return Optional.ofNullable(seen.get(replica));
        }

        @Override
        public void ping(String replica) {
            if (!replicas.contains(replica)) {
                throw new IllegalArgumentException("Not a replica: " + replica);
            }
        }

        @Override
        public void close() {
            seen.clear();
        }
    }
}
