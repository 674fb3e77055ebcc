package dev.rehome.emulation.guarantee;

import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.verification.StoredObjects;
import dev.rehome.emulation.verification.Verdict;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** I5: the legacy bucket holds what it held, unchanged, and beside it only what the application put there since. */
public final class SourceUntouched implements Guarantee {
    private final MigrationStage stage;
    private final Map<String, String> before;

    /** Remembers what is there now. */
    public SourceUntouched(MigrationStage stage) {
        this.stage = stage;
        this.before = objects();
    }

    private Map<String, String> objects() {
        return StoredObjects.of(stage.s3(), stage.source());
    }

    @Override
    public void judge(Verdict verdict) {
        Map<String, String> now = objects();
        Set<String> keys = new HashSet<>(before.keySet());
        keys.addAll(now.keySet());
        Map<String, Long> uploaded = new HashMap<>(stage.journal().objects());
        for (String key : keys) {
            if (before.containsKey(key) && !before.get(key).equals(now.get(key))) {
                verdict.breach("the legacy object " + key + " was " + before.get(key) + " and is " + now.get(key));
            } else if (!uploaded.containsKey(key)) {
                verdict.breach("the legacy object " + key + " is nobody's");
            }
        }
    }
}
