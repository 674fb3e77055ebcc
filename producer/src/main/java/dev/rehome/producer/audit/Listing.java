package dev.rehome.producer.audit;

import dev.rehome.common.process.Retries;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.ObjectLister;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** All objects under a prefix, in the byte order of their keys, page by page. For one thread. */
final class Listing {
    private static final int PAGE = 1_000;
    /** For how long a call is repeated while the store is unavailable. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ObjectLister store;
    private final Location prefix;
    private final Retries retries;
    private final Deque<ObjectLister.Entry> page = new ArrayDeque<>();
    private Optional<String> after = Optional.empty();
    private boolean complete;
    private long listed;

    Listing(ObjectLister store, Location prefix, Retries retries) {
        this.store = store;
        this.prefix = prefix;
        this.retries = retries;
    }

    /** How many objects were taken. */
    long listed() {
        return listed;
    }

    /** The key of the next object, which isn't consumed; empty at the end. */
    Optional<byte[]> peek() {
        fill();
        return Optional.ofNullable(page.peek())
                .map(entry -> entry.location().objectKey().getBytes(StandardCharsets.UTF_8));
    }

    /** Takes the next object. */
    ObjectLister.Entry next() {
        fill();
        listed++;
        return page.remove();
    }

    private void fill() {
        while (page.isEmpty() && !complete) {
            ObjectLister.Page read = retries.call(() -> store.list(prefix, after, PAGE), PATIENCE)
                    .orElseThrow();
            page.addAll(read.objects());
            after = read.last();
            complete = after.isEmpty();
        }
    }
}
