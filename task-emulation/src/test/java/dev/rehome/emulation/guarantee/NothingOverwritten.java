package dev.rehome.emulation.guarantee;

import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.verification.StoredObjects;
import dev.rehome.emulation.verification.Verdict;
import java.util.Map;

/** I6: every object that stood in the new bucket before stands there unchanged, down to the time of its last change. */
public final class NothingOverwritten implements Guarantee {
    private final MigrationStage stage;
    private final Map<String, String> before;

    /** Remembers what is there now. */
    public NothingOverwritten(MigrationStage stage) {
        this.stage = stage;
        this.before = StoredObjects.of(stage.s3(), stage.target());
    }

    @Override
    public void judge(Verdict verdict) {
        Map<String, String> now = StoredObjects.of(stage.s3(), stage.target());
        before.forEach((key, object) -> {
            if (!object.equals(now.get(key))) {
                verdict.breach("the object " + key + " was " + object + " and is " + now.get(key));
            }
        });
    }
}
