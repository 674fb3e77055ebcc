package dev.rehome.emulation.guarantee;

import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.verification.StoredObjects;
import dev.rehome.emulation.verification.Verdict;
import java.util.Map;

/** Every object that was in the new bucket before the migration is still there, with the same ETag and modification time. */
public final class NothingOverwritten implements Guarantee {
    private final EmulatedMigration migration;
    private final Map<String, String> before;

    /** Lists the bucket as it is now. */
    public NothingOverwritten(EmulatedMigration migration) {
        this.migration = migration;
        this.before = StoredObjects.of(migration.s3(), migration.target());
    }

    @Override
    public String property() {
        return "no object that was in the new bucket before was overwritten or deleted";
    }

    @Override
    public void judge(Verdict verdict) {
        Map<String, String> now = StoredObjects.of(migration.s3(), migration.target());
        before.forEach((key, object) -> {
            if (!object.equals(now.get(key))) {
                verdict.breach("the object " + key + " was " + object + " and is now " + now.get(key));
            }
        });
    }
}
