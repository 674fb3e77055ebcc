package dev.rehome.catalog.mariadb;

import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.LocationScanner;
import dev.rehome.common.catalog.PreflightFinding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Legacy keys that would fall on one target key when only their last part is kept.
 *
 * <p>The table is read window by window, as the scan reads it: one statement over all of it would run into a timeout where the
 * table is huge, and hold a snapshot until then. What was seen is kept as hashes in bounded memory; where that doesn't
 * suffice, the table is read several times. What looks like a collision is then read once more, and compared in full.
 */
final class FlattenCollisions {
    private static final Logger LOG = LoggerFactory.getLogger(FlattenCollisions.class);
    private static final int SHOWN = 20;

    private final LocationScanner reader;
    private final TargetKeyRule keys;
    private final int slots;

    /**
     * Reads nothing yet.
     *
     * @param slots how much may be kept, in slots of sixteen bytes; a power of two
     */
    FlattenCollisions(LocationScanner reader, TargetKeyRule keys, int slots) {
        this.reader = reader;
        this.keys = keys;
        this.slots = slots;
    }

    /** A quarter of the heap, as slots. */
    static int affordable() {
        long slots = Runtime.getRuntime().maxMemory() / 4 / 16;
        return (int) Math.min(1 << 30, Long.highestOneBit(Math.max(1 << 16, slots)));
    }

    List<PreflightFinding> find() {
        Set<Long> suspects = new HashSet<>();
        int passes = 0;
        for (long from = 0; from < Long.MAX_VALUE && suspects.size() <= SHOWN; ) {
            LOG.info("KEY_LAYOUT=flatten: reading the table for keys that would collide, pass {}", ++passes);
            SeenTargets seen = new SeenTargets(from, slots);
            eachKey(key -> {
                long target = hash(keys.targetOf(key));
                if (seen.clashes(target, hash(key))) {
                    suspects.add(target);
                }
                return suspects.size() <= SHOWN;
            });
            from = seen.end();
        }
        List<String> collisions = suspects.isEmpty() ? List.of() : compared(suspects);
        if (collisions.isEmpty()) {
            return List.of();
        }
        String more = collisions.size() > SHOWN ? ", and more" : "";
        return List.of(PreflightFinding.refused("KEY_LAYOUT=flatten would let different objects fall on one key: "
                + String.join(", ", collisions.subList(0, Math.min(SHOWN, collisions.size()))) + more
                + ". Rename them, or use KEY_LAYOUT=prefix."));
    }

    private List<String> compared(Set<Long> suspects) {
        Map<String, String> first = new LinkedHashMap<>();
        Map<String, String> pairs = new LinkedHashMap<>();
        eachKey(key -> {
            String target = keys.targetOf(key);
            if (suspects.contains(hash(target))) {
                String other = first.putIfAbsent(target, key);
                if (other != null && !other.equals(key)) {
                    pairs.putIfAbsent(target, "'" + other + "' and '" + key + "'");
                }
            }
            return pairs.size() <= SHOWN;
        });
        return new ArrayList<>(pairs.values());
    }

    /** Every legacy key, until one is answered with false. */
    private void eachKey(Predicate<String> goOn) {
        Optional<RowKey> position = Optional.empty();
        do {
            LocationScanner.Page page = reader.page(position);
            for (String location : page.locations()) {
                if (keys.isLegacy(location) && !goOn.test(location)) {
                    return;
                }
            }
            position = page.end();
        } while (position.isPresent());
    }

    /** 64 bits less the sign: FNV-1a over the characters, stirred. */
    private static long hash(String text) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
        return (hash ^ (hash >>> 33)) & (Long.MAX_VALUE >>> 1);
    }
}
