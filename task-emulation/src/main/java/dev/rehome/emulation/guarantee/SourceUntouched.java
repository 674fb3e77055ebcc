package dev.rehome.emulation.guarantee;

import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.verification.StoredObjects;
import dev.rehome.emulation.verification.Verdict;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The legacy bucket holds its objects unchanged, and no others except those that the application has uploaded since. */
public final class SourceUntouched implements Guarantee {
    private final EmulatedMigration migration;
    private final Map<String, String> before;

    /** Lists the bucket as it is now. */
    public SourceUntouched(EmulatedMigration migration) {
        this.migration = migration;
        this.before = objects();
    }

    private Map<String, String> objects() {
        return StoredObjects.of(migration.s3(), migration.source());
    }

    @Override
    public String property() {
        return "the legacy bucket is unchanged except for the uploads of the application";
    }

    @Override
    public void judge(Verdict verdict) {
        Map<String, String> now = objects();
        Set<String> keys = new HashSet<>(before.keySet());
        keys.addAll(now.keySet());
        for (String key : keys) {
            if (before.containsKey(key) && !before.get(key).equals(now.get(key))) {
                verdict.breach("the legacy object " + key + " was " + before.get(key) + " and is now " + now.get(key));
            } else if (!migration.journal().hasObject(key)) {
                verdict.breach("the legacy object " + key + " wasn't uploaded by the application");
            }
        }
    }
}
