package dev.rehome.emulation.application;

import dev.rehome.emulation.seeding.SampleRow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * The application's committed writes, starting with the seeding. They alone determine the values that a row may hold: the
 * journal never reads the migrator's tables. Safe for use by several threads.
 */
public final class ApplicationJournal {
    private final NavigableMap<Long, WrittenRow> rows = new TreeMap<>();
    private final Map<Long, Set<String>> tried = new HashMap<>();
    private final Set<String> objects = new HashSet<>();
    private final Set<String> unmovable = new HashSet<>();
    private final Set<String> newKeys = new HashSet<>();
    private int writes;

    /** The journal after this many rows were seeded. */
    public ApplicationJournal(int seeded) {
        for (long id = 1; id <= seeded; id++) {
            SampleRow row = SampleRow.of(id);
            rows.put(id, new WrittenRow("user " + id, row.location(), "2020-01-01 00:00:00"));
            row.object(0).ifPresent(object -> objects.add(object.key()));
        }
    }

    /** Notes that the application put an object into the legacy bucket. */
    public synchronized void uploaded(String key) {
        objects.add(key);
    }

    /** Notes that the test prevents the copy of this object, so that its row must keep the location. */
    public synchronized void cannotBeMoved(String location) {
        unmovable.add(location);
    }

    /** Notes that the object can be copied again. */
    public synchronized void canBeMovedAgain(String location) {
        unmovable.remove(location);
    }

    /** Notes a write before it is sent; until its commit is confirmed, the row may or may not hold it. */
    public synchronized void tries(long id, String location) {
        tried.computeIfAbsent(id, any -> new HashSet<>()).add(location);
        if (location != null && !SampleRow.isLegacy(location)) {
            newKeys.add(location);
        }
    }

    /** Notes a committed write; empty for a deletion. */
    public synchronized void committed(long id, Optional<WrittenRow> row) {
        writes++;
        tried.computeIfAbsent(id, any -> new HashSet<>());
        row.ifPresentOrElse(written -> rows.put(id, written), () -> rows.remove(id));
    }

    /** The number of committed writes. */
    public synchronized int writes() {
        return writes;
    }

    /** The rows that exist according to the application. */
    public synchronized Map<Long, WrittenRow> rows() {
        return new TreeMap<>(rows);
    }

    /** One of the rows that exist, drawn at random. */
    synchronized Map.Entry<Long, WrittenRow> anyRow(RandomGenerator random) {
        return rows.ceilingEntry(1 + random.nextLong(rows.lastKey()));
    }

    /** The id of the next row to insert. */
    synchronized long nextId() {
        return rows.lastKey() + 1;
    }

    /** The number of objects that the application has put into the legacy bucket. */
    public synchronized int objects() {
        return objects.size();
    }

    /** Whether the application has put an object under this key into the legacy bucket. */
    public synchronized boolean hasObject(String key) {
        return objects.contains(key);
    }

    /** Whether a row may hold a location while the migration runs. */
    public synchronized boolean mayHold(long id, String location) {
        Set<String> written = new HashSet<>(tried.getOrDefault(id, Set.of()));
        written.add(SampleRow.of(id).location());
        return written.stream()
                .anyMatch(each -> Objects.equals(each, location)
                        || (SampleRow.isLegacy(each) && SampleRow.targetOf(each).equals(location)));
    }

    /** The value that a row with a committed location must hold once the migration is complete. */
    public synchronized String atTheEnd(String location) {
        return SampleRow.isLegacy(location) && objects.contains(location) && !unmovable.contains(location)
                ? SampleRow.targetOf(location)
                : location;
    }

    /** Whether a location is one that only the migrator can have written. */
    public synchronized boolean isMigrated(String location) {
        return location != null
                && location.startsWith(SampleRow.TARGET_PREFIX)
                && !location.startsWith(SampleRow.EARLIER_PREFIX)
                && !newKeys.contains(location);
    }
}
