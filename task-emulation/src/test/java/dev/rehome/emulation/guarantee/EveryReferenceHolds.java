package dev.rehome.emulation.guarantee;

import dev.rehome.emulation.application.ApplicationJournal;
import dev.rehome.emulation.application.WrittenRow;
import dev.rehome.emulation.seeding.Bounded;
import dev.rehome.emulation.seeding.SampleObject;
import dev.rehome.emulation.stage.CatalogRows;
import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.verification.Verdict;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;

/**
 * I1 and I2, at every moment and not only at the end: a row holds what the application wrote or the new key of just
 * that, and an object with the same bytes stands behind each new key.
 */
public final class EveryReferenceHolds implements Guarantee {
    private static final int UNDER_WAY = 8;
    private static final long PERIOD_MILLIS = 250;

    private final MigrationStage stage;
    private final ApplicationJournal journal;
    private final Verdict seen = new Verdict();
    private final Set<String> known = new HashSet<>();
    private final Sampling sampling;

    /** Begins to watch. */
    public EveryReferenceHolds(MigrationStage stage) {
        this.stage = stage;
        this.journal = stage.journal();
        this.sampling = new Sampling("every-reference-holds", PERIOD_MILLIS, () -> look(seen, known));
    }

    /** Looks at what is not known to be right yet. */
    private void look(Verdict verdict, Set<String> right) throws SQLException {
        Bounded gets = new Bounded(UNDER_WAY);
        for (Map.Entry<Long, WrittenRow> row : CatalogRows.of(stage).entrySet()) {
            long id = row.getKey();
            String location = row.getValue().location();
            if (!journal.mayHold(id, location)) {
                verdict.breach("row " + id + " holds '" + location + "', which nobody wrote");
            } else if (journal.isMigrated(location) && right.add(id + " " + location)) {
                gets.submit(() -> hasBytes(id, location, verdict));
            }
        }
        gets.await();
    }

    private CompletableFuture<?> hasBytes(long id, String key, Verdict verdict) {
        byte[] expected = new SampleObject(id, key, MigrationStage.OBJECT_SIZE).bytes();
        return stage.s3()
                .getObject(request -> request.bucket(stage.target()).key(key), AsyncResponseTransformer.toBytes())
                .handle((answer, trouble) -> {
                    if (trouble != null) {
                        verdict.breach("row " + id + " points at " + key + ", which can't be read: " + trouble);
                    } else if (!Arrays.equals(expected, answer.asByteArrayUnsafe())) {
                        verdict.breach("row " + id + " points at " + key + ", which has other bytes");
                    }
                    return null;
                });
    }

    @Override
    public void judge(Verdict verdict) throws SQLException {
        close();
        seen.breaches().forEach(breach -> verdict.breach("meanwhile: " + breach));
        look(verdict, new HashSet<>());
    }

    @Override
    public void close() {
        sampling.close();
    }
}
