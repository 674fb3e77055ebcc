package dev.rehome.producer.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.rehome.common.Unavailable;
import dev.rehome.common.process.BoundedParallel;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.ObjectInspector;
import dev.rehome.common.store.ObjectStat;
import dev.rehome.common.store.SameContent;
import dev.rehome.common.store.StoreResult;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * The objects of a few records, as the store describes them.
 *
 * @param looked how many objects were looked up
 * @param unread how many of them the store denied access to, or didn't respond to
 * @param missing the keys of those that don't exist
 * @param sizes the sizes in bytes of those that exist
 * @param targetsAlike how many new keys hold the same content already
 * @param targetsDifferent the new keys that hold other content
 * @param trouble the store's error for one of the unread objects; empty if there are none
 */
public record ObjectSample(
        int looked,
        int unread,
        List<String> missing,
        @JsonIgnore List<Long> sizes,
        int targetsAlike,
        List<String> targetsDifferent,
        String trouble) {
    private static final int IN_PARALLEL = 16;

    public ObjectSample {
        missing = List.copyOf(missing);
        sizes = List.copyOf(sizes);
        targetsDifferent = List.copyOf(targetsDifferent);
        Objects.requireNonNull(trouble, "trouble");
    }

    /** The locations of a record's object; the new one is empty if it isn't known. */
    public record Pair(Location old, Optional<Location> target) {}

    private record Looked(Pair pair, Optional<ObjectStat> old, Optional<SameContent> target, String trouble) {
        boolean isAlike() {
            return target.equals(Optional.of(SameContent.SAME));
        }
    }

    /** Looks the objects up; {@code onLooked} receives how many records are done. */
    public static ObjectSample of(List<Pair> pairs, ObjectInspector store, IntConsumer onLooked) {
        AtomicInteger done = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(IN_PARALLEL);
        List<Looked> all;
        try {
            all = BoundedParallel.run(threads, IN_PARALLEL, pairs.size(), i -> {
                Looked looked = look(pairs.get(i), store);
                onLooked.accept(done.incrementAndGet());
                return looked;
            });
        } finally {
            threads.shutdown();
        }
        List<Looked> read =
                all.stream().filter(each -> each.trouble().isEmpty()).toList();
        return new ObjectSample(
                all.size(),
                all.size() - read.size(),
                read.stream()
                        .filter(each -> each.old().isEmpty())
                        .map(each -> each.pair().old().objectKey())
                        .toList(),
                read.stream()
                        .flatMap(each -> each.old().stream())
                        .map(ObjectStat::size)
                        .toList(),
                (int) read.stream().filter(Looked::isAlike).count(),
                read.stream()
                        .filter(each -> each.target().isPresent() && !each.isAlike())
                        .map(each -> each.pair().target().orElseThrow().objectKey())
                        .toList(),
                all.stream()
                        .map(Looked::trouble)
                        .filter(each -> !each.isEmpty())
                        .findFirst()
                        .orElse(""));
    }

    private static Looked look(Pair pair, ObjectInspector store) {
        try {
            StoreResult<Optional<ObjectStat>> old = store.stat(pair.old());
            if (old.refusal().isPresent()) {
                return new Looked(
                        pair,
                        Optional.empty(),
                        Optional.empty(),
                        old.refusal().get().message());
            }
            Optional<ObjectStat> object = old.orElseThrow();
            // The preflight reports a target bucket that can't be read.
            Optional<SameContent> target = pair.target()
                    .flatMap(location -> store.stat(location).value().flatMap(found -> found))
                    .map(found -> object.map(found::compareContent).orElse(SameContent.UNKNOWN));
            return new Looked(pair, object, target, "");
        } catch (Unavailable away) {
            return new Looked(pair, Optional.empty(), Optional.empty(), away.getMessage());
        }
    }

    /** How many objects were described or found missing. */
    public int read() {
        return looked - unread;
    }
}
