package dev.rehome.common.catalog;

import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.CopiedRecord;
import dev.rehome.common.batch.FailedRecord;
import dev.rehome.common.batch.RecordOutcome;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.batch.TargetKeyRule;
import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * A catalog in memory whose key is a whole number, held to {@link CatalogContract} like the real one. For one thread;
 * time is the caller's. The application writes to {@link #rows}.
 */
public final class MemoryCatalog {
    private enum State {
        COPIED,
        FAILED,
        MIGRATED,
        CHANGED,
        DELETED
    }

    /** One row of the mapping table. */
    private static final class Outcome {
        private final int run;
        private final SourceRecord source;
        private final RecordOutcome reported;
        private State state;

        private Outcome(int run, SourceRecord source, RecordOutcome reported) {
            this.run = run;
            this.source = source;
            this.reported = reported;
            this.state = reported instanceof CopiedRecord ? State.COPIED : State.FAILED;
        }
    }

    private record Applied(int run, ApplyResult result) {}

    private final TargetKeyRule keys;
    private final int window;
    private final SortedMap<RowKey, String> rows =
            new TreeMap<>(Comparator.comparing(key -> new BigInteger(key.parts().get(0))));
    private final Map<BatchId, SortedMap<Integer, Outcome>> outcomes = new HashMap<>();
    private final Map<BatchId, Applied> applied = new HashMap<>();
    private final RunLedger ledger;
    private Optional<String> loaded = Optional.empty();
    private final Map<String, Optional<String>> manifest = new HashMap<>();
    private CatalogWriter holder;

    /** Makes one without rows and runs. */
    public MemoryCatalog(TargetKeyRule keys, int window, InstantSource time) {
        this.keys = keys;
        this.window = window;
        this.ledger = new MemoryLedger(time, this::totals, this::setAside);
    }

    /** The production table; a row may hold null. */
    public SortedMap<RowKey, String> rows() {
        return rows;
    }

    /** The view of the scan, by the prefix. */
    public RecordScanner scanner() {
        return new Scanner(record -> keys.isLegacy(record.location()) ? Optional.of(record) : Optional.empty());
    }

    /** The view of the scan, by the manifest. */
    public RecordScanner listed() {
        return new Scanner(record -> Optional.ofNullable(manifest.get(record.location()))
                .map(target -> new SourceRecord(record.key(), record.location(), target)));
    }

    /** The identity of the manifest that is loaded whole. */
    public Optional<String> loadedManifest() {
        return loaded;
    }

    /** The consumers' view. */
    public MappingTable mappings() {
        return new Mappings();
    }

    /** A new session of a producer. */
    public CatalogWriter session() {
        return new Session();
    }

    /** The runs. */
    public RunLedger runs() {
        return ledger;
    }

    private final class Scanner implements RecordScanner {
        private final Function<SourceRecord, Optional<SourceRecord>> chosen;

        private Scanner(Function<SourceRecord, Optional<SourceRecord>> chosen) {
            this.chosen = chosen;
        }

        @Override
        public ScanPage page(Optional<RowKey> after, int run) {
            List<RowKey> read = windowAfter(after);
            List<ScannedRecord> found = chosen(read)
                    .map(record -> new ScannedRecord(record, failure(record, run)))
                    .toList();
            return new ScanPage(found, end(read));
        }

        private Stream<SourceRecord> chosen(List<RowKey> read) {
            return read.stream()
                    .filter(key -> rows.get(key) != null)
                    .flatMap(key -> chosen.apply(new SourceRecord(key, rows.get(key))).stream());
        }

        /** Whatever stands in this memory is text. */
        @Override
        public int setAside(Optional<RowKey> after, RowKey end, int run, BatchId batch) {
            return 0;
        }

        @Override
        public CountedWindow count(Optional<RowKey> after) {
            List<RowKey> read = windowAfter(after);
            return new CountedWindow(chosen(read).count(), 0, end(read));
        }

        private List<RowKey> windowAfter(Optional<RowKey> after) {
            return rows.keySet().stream()
                    .filter(key -> after.isEmpty() || rows.comparator().compare(key, after.get()) > 0)
                    .limit(window)
                    .toList();
        }

        private static Optional<RowKey> end(List<RowKey> read) {
            return read.isEmpty() ? Optional.empty() : Optional.of(read.get(read.size() - 1));
        }

        private Optional<String> failure(SourceRecord record, int run) {
            return outcomes.values().stream()
                    .flatMap(batch -> batch.values().stream())
                    .filter(outcome -> outcome.run == run && outcome.source.equals(record))
                    .filter(outcome -> outcome.state == State.FAILED)
                    .map(outcome -> ((FailedRecord) outcome.reported).code().name())
                    .findFirst();
        }
    }

    private final class Mappings implements MappingTable {
        @Override
        public Set<Integer> recorded(BatchId batch) {
            return Set.copyOf(outcomes.getOrDefault(batch, new TreeMap<>()).keySet());
        }

        @Override
        public void record(Batch batch, List<RecordOutcome> reported) {
            SortedMap<Integer, Outcome> known = outcomes.computeIfAbsent(batch.id(), any -> new TreeMap<>());
            for (RecordOutcome each : reported) {
                SourceRecord source = batch.records().get(each.record());
                known.putIfAbsent(each.record(), new Outcome(batch.run(), source, each));
            }
        }
    }

    private final class Session implements CatalogWriter {
        @Override
        public boolean acquire(Duration atMost) {
            if (holder == null) {
                holder = this;
            }
            return holder == this;
        }

        @Override
        public ApplyResult apply(BatchId batch, int records) {
            if (holder != this) {
                throw new Unavailable("The producer's lock is not held");
            }
            SortedMap<Integer, Outcome> known = outcomes.getOrDefault(batch, new TreeMap<>());
            if (known.size() < records) {
                return new ApplyResult(0, 0, 0, 0, records - known.size());
            }
            known.values().stream()
                    .filter(outcome -> outcome.state == State.COPIED)
                    .forEach(this::move);
            ApplyResult result = new ApplyResult(
                    count(known, State.MIGRATED),
                    count(known, State.CHANGED),
                    count(known, State.DELETED),
                    count(known, State.FAILED),
                    0);
            applied.put(batch, new Applied(known.get(known.firstKey()).run, result));
            return result;
        }

        @Override
        public void load(String identity, Iterator<ManifestEntry> entries, LongConsumer onLoaded) {
            if (holder != this) {
                throw new Unavailable("The producer's lock is not held");
            }
            loaded = Optional.empty();
            manifest.clear();
            while (entries.hasNext()) {
                ManifestEntry entry = entries.next();
                manifest.put(entry.key(), entry.target());
                onLoaded.accept(manifest.size());
            }
            loaded = Optional.of(identity);
        }

        private void move(Outcome outcome) {
            RowKey key = outcome.source.key();
            String target = ((CopiedRecord) outcome.reported).newLocation();
            String now = rows.get(key);
            if (!rows.containsKey(key)) {
                outcome.state = State.DELETED;
            } else if (outcome.source.location().equals(now) || target.equals(now)) {
                rows.put(key, target);
                outcome.state = State.MIGRATED;
            } else {
                outcome.state = State.CHANGED;
            }
        }

        @Override
        public void close() {
            if (holder == this) {
                holder = null;
            }
        }
    }

    private void setAside(BatchId batch) {
        SortedMap<Integer, Outcome> known = outcomes.getOrDefault(batch, new TreeMap<>());
        if (!known.isEmpty()) {
            ApplyResult result = new ApplyResult(0, 0, 0, count(known, State.FAILED), 0);
            applied.putIfAbsent(batch, new Applied(known.get(known.firstKey()).run, result));
        }
    }

    private ApplyResult totals(int run) {
        return applied.values().stream()
                .filter(batch -> batch.run() == run)
                .map(Applied::result)
                .reduce(new ApplyResult(0, 0, 0, 0, 0), MemoryCatalog::sum);
    }

    private static int count(Map<Integer, Outcome> known, State state) {
        return (int) known.values().stream()
                .filter(outcome -> outcome.state == state)
                .count();
    }

    private static ApplyResult sum(ApplyResult a, ApplyResult b) {
        return new ApplyResult(
                a.migrated() + b.migrated(),
                a.changed() + b.changed(),
                a.deleted() + b.deleted(),
                a.failed() + b.failed(),
                0);
    }
}
