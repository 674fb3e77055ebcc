package dev.rehome.emulation.application;

import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.emulation.seeding.SampleRow;
import dev.rehome.emulation.stage.MigrationStage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the application wrote and committed, the seeding first; from it alone follows what every row may hold. Knows
 * nothing of the migrator's tables. Safe for use by several threads.
 */
public final class ApplicationJournal {
    private static final TargetKeyRule KEYS =
            new TargetKeyRule(SampleRow.LEGACY_PREFIX, SampleRow.TARGET_PREFIX, KeyLayout.PREFIX);

    private final Map<Long, WrittenRow> rows = new TreeMap<>();
    private final Map<Long, Set<String>> tried = new HashMap<>();
    private final Map<String, Long> objects = new HashMap<>();
    private final Set<String> stuck = new HashSet<>();
    private final Set<String> newKeys = new HashSet<>();
    private int writes;

    /** The journal after seeding. */
    public ApplicationJournal(int seeded) {
        for (long id = 1; id <= seeded; id++) {
            SampleRow row = SampleRow.of(id);
            rows.put(id, new WrittenRow("user " + id, row.location(), "2020-01-01 00:00:00"));
            row.object(MigrationStage.OBJECT_SIZE).ifPresent(object -> objects.put(object.key(), row.id()));
        }
    }

    /** An object was put into the legacy bucket. */
    public synchronized void uploaded(String key, long row) {
        objects.put(key, row);
    }

    /** The test sees to it that this object can't be moved, so that its row must keep the location. */
    public synchronized void cannotBeMoved(String location) {
        stuck.add(location);
    }

    /** That is over. */
    public synchronized void canBeMovedAgain(String location) {
        stuck.remove(location);
    }

    /** A write is about to be tried; until it is known to be committed it may show or not. */
    public synchronized void tries(long id, String location) {
        tried.computeIfAbsent(id, any -> new HashSet<>()).add(location);
        if (location != null && !KEYS.isLegacy(location)) {
            newKeys.add(location);
        }
    }

    /** A write is committed; empty for a deletion. */
    public synchronized void committed(long id, Optional<WrittenRow> row) {
        writes++;
        tried.computeIfAbsent(id, any -> new HashSet<>());
        if (row.isPresent()) {
            rows.put(id, row.get());
        } else {
            rows.remove(id);
        }
    }

    /** How many writes were committed. */
    public synchronized int writes() {
        return writes;
    }

    /** The rows that exist by the application's account. */
    public synchronized Map<Long, WrittenRow> rows() {
        return new TreeMap<>(rows);
    }

    /** The objects of the legacy bucket, with the row whose bytes they hold. */
    public synchronized Map<String, Long> objects() {
        return new HashMap<>(objects);
    }

    /** Whether the application itself wrote this location, rather than the migrator. */
    public synchronized boolean isApplications(String location) {
        return newKeys.contains(location);
    }

    /** Whether a row may hold a location while things are in motion. */
    public synchronized boolean mayHold(long id, String location) {
        Set<String> written = new HashSet<>(tried.getOrDefault(id, Set.of()));
        written.add(id <= 0 ? null : seededLocation(id));
        return written.stream()
                .anyMatch(each -> Objects.equals(each, location)
                        || (KEYS.isLegacy(each) && KEYS.targetOf(each).equals(location)));
    }

    private static String seededLocation(long id) {
        return SampleRow.of(id).location();
    }

    /** Whether a location lies in the folder to be moved. */
    public boolean isLegacy(String location) {
        return KEYS.isLegacy(location);
    }

    /** The new key of a location; the location itself where it has none. */
    public String newKeyOf(String location) {
        return KEYS.isLegacy(location) ? KEYS.targetOf(location) : location;
    }

    /** What a row with a committed location must hold once the migration is complete. */
    public synchronized String atTheEnd(String location) {
        return KEYS.isLegacy(location) && objects.containsKey(location) && !stuck.contains(location)
                ? KEYS.targetOf(location)
                : location;
    }

    /** Whether a location is one that only the migrator writes. */
    public synchronized boolean isMigrated(String location) {
        return location != null
                && location.startsWith(SampleRow.TARGET_PREFIX)
                && !location.startsWith(SampleRow.TARGET_PREFIX + "earlier/")
                && !newKeys.contains(location);
    }
}
