package dev.rehome.catalog.mariadb.preflight;

import dev.rehome.common.batch.CollisionCheck;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.LocationScanner;
import dev.rehome.common.catalog.PreflightFinding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds legacy keys that {@code KEY_LAYOUT=flatten} would map to one target key. The table is read window by window, as the
 * scan reads it: a single statement over a huge table would run into a timeout and hold a snapshot until then.
 */
public record FlattenCollisions(LocationScanner reader, TargetKeyRule keys, CollisionCheck check) {
    private static final Logger LOG = LoggerFactory.getLogger(FlattenCollisions.class);
    private static final int SHOWN = 20;

    /** Reads the table and returns one refusal that lists the first collisions, or nothing. */
    List<PreflightFinding> find() {
        Map<String, String> collisions = new LinkedHashMap<>();
        check.find(
                this::forEachLegacyKey,
                SHOWN + 1,
                found -> collisions.putIfAbsent(
                        found.name(),
                        "'" + found.first().value() + "' and '" + found.other().value() + "'"));
        if (collisions.isEmpty()) {
            return List.of();
        }
        String more = collisions.size() > SHOWN ? ", and more" : "";
        String shown =
                String.join(", ", collisions.values().stream().limit(SHOWN).toList());
        return List.of(PreflightFinding.refused("KEY_LAYOUT=flatten maps different objects to one target key: " + shown
                + more + ". Rename the objects, or use KEY_LAYOUT=prefix."));
    }

    private void forEachLegacyKey(CollisionCheck.Visitor visitor) {
        LOG.info("KEY_LAYOUT=flatten: reading the whole table to find legacy keys with the same target key");
        Optional<RowKey> position = Optional.empty();
        long row = 0;
        do {
            LocationScanner.Page page = reader.page(position);
            for (String location : page.locations()) {
                if (keys.isLegacy(location) && !visitor.visit(++row, keys.targetOf(location), location)) {
                    return;
                }
            }
            position = page.end();
        } while (position.isPresent());
    }
}
