package dev.rehome.common.catalog;

import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.FailedRecord;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.catalog.MemoryDatabase.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The table of a {@link MemoryDatabase}, which needs no preparation and has room for every location. */
record MemoryTable(MemoryDatabase database, Selection selection, ReferenceUpdate update)
        implements CatalogTable, WorkSource, LocationScanner, ColumnCapacity {
    @Override
    public void prepare() {
        // The ledger exists as soon as the database does.
    }

    @Override
    public WorkSource work() {
        return this;
    }

    @Override
    public LocationScanner locations() {
        return this;
    }

    @Override
    public ReferenceLookup references() {
        return new ReferenceLookup() {
            @Override
            public int window() {
                return database.window;
            }

            @Override
            public Set<String> held(List<String> locations) {
                Set<String> values = new HashSet<>(database.rows.values());
                return locations.stream().filter(values::contains).collect(Collectors.toSet());
            }
        };
    }

    @Override
    public RowSampler sampler() {
        return new RowSampler() {
            @Override
            public long estimatedRows() {
                return database.rows.size();
            }

            /** Every row whose number is a multiple of the distance between places. */
            @Override
            public Sample sample(int places) {
                List<String> all = new ArrayList<>(database.rows.values());
                int distance = Math.max(1, all.size() / places);
                List<String> read = IntStream.range(0, all.size())
                        .filter(row -> row % distance == 0)
                        .mapToObj(all::get)
                        .toList();
                return new Sample(
                        read.size(), read.stream().filter(Objects::nonNull).toList(), true);
            }
        };
    }

    @Override
    public RowSampler.UpdatePlan updatePlan() {
        return new RowSampler.UpdatePlan("the update", List.of(new RowSampler.Step("rows", "by key", "", 1)));
    }

    @Override
    public ColumnCapacity capacity() {
        return this;
    }

    @Override
    public WorkSource.Page page(Optional<RowKey> after, int run) {
        List<RowKey> read = windowAfter(after);
        List<ScannedRecord> found = selected(read)
                .map(record -> new ScannedRecord(record, failure(record, run)))
                .toList();
        return new WorkSource.Page(found, end(read));
    }

    /** A Java string is always text, and the prefixes give each location a new one of its own. */
    @Override
    public int recordUnpublishable(Optional<RowKey> after, RowKey end, int run, BatchId batch) {
        return 0;
    }

    @Override
    public long requeued(int run) {
        return new MemoryFailures(database)
                .requeues(run).stream()
                        .mapToLong(FailureLedger.RequeueTotal::records)
                        .sum();
    }

    @Override
    public CountedWindow count(Optional<RowKey> after) {
        List<RowKey> read = windowAfter(after);
        return new CountedWindow(selected(read).count(), 0, end(read));
    }

    @Override
    public LocationScanner.Page page(Optional<RowKey> after) {
        List<RowKey> read = windowAfter(after);
        return new LocationScanner.Page(
                existing(read).map(SourceRecord::location).toList(), end(read));
    }

    @Override
    public boolean isTooLong(String location) {
        return false;
    }

    @Override
    public List<Integer> unwritable(List<String> texts) {
        return List.of();
    }

    private Stream<SourceRecord> selected(List<RowKey> read) {
        return existing(read)
                .map(record -> switch (selection) {
                    case PREFIX ->
                        database.keys.isLegacy(record.location())
                                ? Optional.of(record)
                                : Optional.<SourceRecord>empty();
                    case MANIFEST ->
                        Optional.ofNullable(database.manifest.get(record.location()))
                                .map(target -> new SourceRecord(record.rowKey(), record.location(), target));
                })
                .flatMap(Optional::stream);
    }

    private Stream<SourceRecord> existing(List<RowKey> read) {
        return read.stream()
                .filter(key -> database.rows.get(key) != null)
                .map(key -> new SourceRecord(key, database.rows.get(key)));
    }

    private List<RowKey> windowAfter(Optional<RowKey> after) {
        return database.rows.keySet().stream()
                .filter(key -> after.isEmpty() || database.rows.comparator().compare(key, after.get()) > 0)
                .limit(database.window)
                .toList();
    }

    private static Optional<RowKey> end(List<RowKey> read) {
        return read.isEmpty() ? Optional.empty() : Optional.of(read.get(read.size() - 1));
    }

    private Optional<String> failure(SourceRecord record, int run) {
        return database.finished.keySet().stream()
                .flatMap(batch -> database.outcomesOf(batch).values().stream())
                .filter(outcome -> outcome.run == run && outcome.state == State.FAILED)
                .filter(outcome -> outcome.source.rowKey().equals(record.rowKey())
                        && outcome.source.location().equals(record.location()))
                .map(outcome -> ((FailedRecord) outcome.reported).code().name())
                .findFirst();
    }
}
