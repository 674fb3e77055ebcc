package dev.rehome.common.catalog;

import dev.rehome.common.batch.CollisionCheck;
import java.util.Optional;

/**
 * The target keys that migrated rows hold, each with the key that its object was copied from. Their position is
 * {@link #POSITION}. Another object must not be copied to such a target key.
 */
public record KeysInUse(MigratedRecords migrated) implements CollisionCheck.Pairs {
    /** The position of all pairs. */
    public static final long POSITION = 0;

    @Override
    public void forEach(CollisionCheck.Visitor visitor) {
        Optional<MappingRowId> end = Optional.empty();
        do {
            MigratedRecords.Page page = migrated.page(end);
            for (MigratedRecord record : page.records()) {
                boolean isHeld = record.reference() == MigratedRecord.Reference.HELD;
                if (isHeld && !visitor.visit(POSITION, record.newLocation(), record.oldLocation())) {
                    return;
                }
            }
            end = page.end();
        } while (end.isPresent());
    }
}
