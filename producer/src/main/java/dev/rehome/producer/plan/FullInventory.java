package dev.rehome.producer.plan;

import dev.rehome.common.batch.KeySet;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.catalog.LocationScanner;
import dev.rehome.common.process.ProgressLine;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.ObjectLister;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Reads every key of the table and lists the whole legacy folder: 8 bytes of memory for each record, and one request for
 * 1,000 objects. For use by one thread.
 */
public final class FullInventory {
    private static final int PAGE = 1_000;

    private final KeySet referenced = new KeySet(0);
    private final ProgressLine progress;
    private long objects;
    private long bytes;
    private long largest;

    public FullInventory(ProgressLine progress) {
        this.progress = progress;
    }

    /** Reads the column; {@code onKey} receives the location of every record that is to be migrated. */
    public void read(LocationScanner scanner, Predicate<String> wanted, Consumer<String> onKey) {
        progress.begin("Reading every key");
        long read = 0;
        Optional<RowKey> position = Optional.empty();
        do {
            LocationScanner.Page page = scanner.page(position);
            for (String location : page.locations()) {
                if (wanted.test(location)) {
                    referenced.add(location);
                    onKey.accept(location);
                    read++;
                }
            }
            progress.done(read);
            position = page.end();
        } while (position.isPresent());
    }

    /**
     * Lists the objects and adds up those that a record refers to.
     *
     * @throws dev.rehome.common.Rejected if the store refuses
     * @throws dev.rehome.common.Unavailable if the store can't serve it now
     */
    public void list(ObjectLister lister, Location folder) {
        progress.begin("Listing the legacy bucket");
        long listed = 0;
        Optional<String> after = Optional.empty();
        do {
            ObjectLister.Page page = lister.list(folder, after, PAGE).orElseThrow();
            for (ObjectLister.Entry object : page.objects()) {
                if (referenced.contains(object.location().objectKey())) {
                    objects++;
                    bytes += object.size();
                    largest = Math.max(largest, object.size());
                }
            }
            listed += page.objects().size();
            progress.done(listed);
            after = page.last();
        } while (after.isPresent());
    }

    /** How many different objects the records refer to. */
    long distinct() {
        return referenced.count();
    }

    /** How many of them aren't in the listing. */
    long missing() {
        return distinct() - objects;
    }

    long bytes() {
        return bytes;
    }

    long largest() {
        return largest;
    }
}
