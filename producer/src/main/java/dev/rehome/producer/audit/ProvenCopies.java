package dev.rehome.producer.audit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The legacy objects that an audit has proven to be copied, in a temporary file: added during the audit, then taken in the
 * order of their keys. For one thread.
 */
public final class ProvenCopies implements Closeable {
    private final KeySort sort;
    private long objects;
    private long bytes;

    /** {@code directory} gets temporary files of about 150 bytes per object. */
    public ProvenCopies(Path directory) {
        sort = new KeySort(directory, AuditRun.IN_MEMORY);
    }

    /** How many were added. */
    public long objects() {
        return objects;
    }

    /** Their sizes, added up. */
    public long bytes() {
        return bytes;
    }

    /** Adds one; not after the first {@link #take}. */
    public void add(CopiedObject object) {
        try {
            sort.add(object.oldKey(), 0, object.size() + " " + object.proof() + " " + object.newKey());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        objects++;
        bytes += object.size();
    }

    /** Ends the adding. */
    public void complete() throws IOException {
        sort.sorted();
    }

    /** Takes the next ones, at most {@code most}; none at the end. */
    public List<CopiedObject> take(int most) throws IOException {
        List<CopiedObject> taken = new ArrayList<>();
        while (taken.size() < most) {
            Optional<KeySort.Entry> next = sort.next();
            if (next.isEmpty()) {
                break;
            }
            String[] value = next.get().value().split(" ", 3);
            taken.add(new CopiedObject(next.get().text(), value[2], value[1], Long.parseLong(value[0])));
        }
        return taken;
    }

    @Override
    public void close() throws IOException {
        sort.close();
    }
}
