package dev.rehome.emulation.benchmark.s3;

import dev.rehome.emulation.seeding.SampleRow;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Computes the keys of the sample's objects in their order, so that a listing takes the same small amount of memory for any
 * number of rows. For one thread.
 *
 * <p>Rows whose numbers are congruent modulo {@link SampleRow#NAME_PERIOD} have names of one form in one folder. Among these,
 * names with equally many digits are in the order of their numbers. A folder is the merge of these series.
 */
final class SampleKeys {
    /**
     * An object that exists.
     *
     * @param key its object key
     * @param row the number of its row
     */
    record Entry(String key, long row) {}

    private record Folder(String key, int remainder) {}

    private static final List<Folder> FOLDERS = IntStream.range(0, SampleRow.FOLDERS)
            .boxed()
            .flatMap(remainder -> Stream.of(
                    new Folder(SampleRow.LEGACY_PREFIX + "/" + remainder + "/", remainder),
                    new Folder(SampleRow.TARGET_PREFIX + remainder + "/", remainder)))
            .sorted(Comparator.comparing(Folder::key))
            .toList();

    private final long rows;
    private final CopyJournal journal;
    private final String prefix;
    private final Deque<Folder> folders = new ArrayDeque<>();
    private final PriorityQueue<Series> series = new PriorityQueue<>(Comparator.comparing(Series::key));
    private String after;

    /**
     * Starts before the first key.
     *
     * @param rows sample rows, from 1
     * @param journal of the objects that were copied or deleted
     * @param prefix what all keys begin with
     */
    SampleKeys(long rows, CopyJournal journal, String prefix) {
        this.rows = rows;
        this.journal = journal;
        this.prefix = prefix;
        startAfter("");
    }

    /** Continues with the first key that follows another, which need not exist. */
    void startAfter(String key) {
        after = key;
        series.clear();
        folders.clear();
        FOLDERS.stream()
                .filter(folder -> folder.key.startsWith(prefix) || prefix.startsWith(folder.key))
                .filter(folder -> key.startsWith(folder.key) || key.compareTo(folder.key) < 0)
                .forEach(folders::add);
    }

    /** The next object whose key has the prefix; empty after the last one. */
    Optional<Entry> next() {
        while (series.isEmpty() && !folders.isEmpty()) {
            open(folders.remove());
        }
        Series first = series.poll();
        if (first == null || !first.key.startsWith(prefix)) {
            return Optional.empty();
        }
        Entry entry = new Entry(first.key, first.row);
        addFrom(first, first.row + SampleRow.NAME_PERIOD);
        return Optional.of(entry);
    }

    private void open(Folder folder) {
        for (long least = 1; least <= rows; least *= 10) {
            long most = Math.min(rows, least * 10 - 1);
            for (int remainder = folder.remainder; remainder < SampleRow.NAME_PERIOD; remainder += SampleRow.FOLDERS) {
                Series each = new Series(SampleRow.isLegacy(folder.key), most);
                addFrom(each, each.firstToList(least + Math.floorMod(remainder - least, SampleRow.NAME_PERIOD)));
            }
        }
    }

    /** Adds a series, moved to its first existing object from a row on; drops it if there is none. */
    private void addFrom(Series each, long from) {
        if (each.moveTo(from)) {
            series.add(each);
        }
    }

    /** Keys of one form with numbers of one length. */
    private final class Series {
        private final boolean isLegacy;
        private final long most;
        private long row;
        private String key;

        Series(boolean isLegacy, long most) {
            this.isLegacy = isLegacy;
            this.most = most;
        }

        String key() {
            return key;
        }

        /** The first row of the series whose key has to be listed if its object exists; found by bisection. */
        long firstToList(long first) {
            long low = 0;
            long high = first > most ? 0 : (most - first) / SampleRow.NAME_PERIOD + 1;
            while (low < high) {
                long middle = (low + high) / 2;
                String found = keyOf(first + middle * SampleRow.NAME_PERIOD);
                if (found.compareTo(prefix) < 0 || found.compareTo(after) <= 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return first + low * SampleRow.NAME_PERIOD;
        }

        /** Moves to the first existing object from a row on; false if there is none. */
        boolean moveTo(long from) {
            row = from;
            while (row <= most && !exists()) {
                row += SampleRow.NAME_PERIOD;
            }
            if (row > most) {
                return false;
            }
            key = keyOf(row);
            return true;
        }

        private boolean exists() {
            return SampleRow.of(row).kind() == SampleRow.Kind.LEGACY
                    && (isLegacy ? !journal.isDeleted(row) : journal.isCopied(row));
        }

        private String keyOf(long number) {
            SampleRow named = new SampleRow(number, SampleRow.Kind.LEGACY);
            return isLegacy ? named.location() : named.expectedLocation();
        }
    }
}
