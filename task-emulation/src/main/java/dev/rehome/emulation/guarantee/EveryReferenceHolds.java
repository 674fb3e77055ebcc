package dev.rehome.emulation.guarantee;

import dev.rehome.emulation.application.ApplicationJournal;
import dev.rehome.emulation.application.CatalogRows;
import dev.rehome.emulation.application.WrittenRow;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.seeding.Bounded;
import dev.rehome.emulation.seeding.SampleObject;
import dev.rehome.emulation.verification.Verdict;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;

/**
 * At every moment, and not only at the end, a row holds a value that the application wrote or the new key of such a
 * value, and each new key refers to an object with the same bytes.
 */
public final class EveryReferenceHolds implements Guarantee {
    private static final int UNDER_WAY = 8;
    private static final long PERIOD_MILLIS = 250;

    private final EmulatedMigration migration;
    private final ApplicationJournal journal;
    private final Verdict seen = new Verdict();
    private final Set<String> known = new HashSet<>();
    private final Sampling sampling;

    /** Starts watching. */
    public EveryReferenceHolds(EmulatedMigration migration) {
        this.migration = migration;
        this.journal = migration.journal();
        this.sampling = new Sampling("every-reference-holds", PERIOD_MILLIS, () -> check(seen, known));
    }

    /** Checks every row; reads an object only if {@code verified} doesn't have its reference yet. */
    private void check(Verdict verdict, Set<String> verified) throws SQLException {
        Bounded gets = new Bounded(UNDER_WAY);
        for (Map.Entry<Long, WrittenRow> row : CatalogRows.of(migration).entrySet()) {
            long id = row.getKey();
            String location = row.getValue().location();
            if (!journal.mayHold(id, location)) {
                verdict.breach("row " + id + " holds '" + location
                        + "', which neither the application nor the migration can have written");
            } else if (journal.isMigrated(location) && verified.add(id + " " + location)) {
                gets.submit(() -> hasBytes(id, location, verdict));
            }
        }
        gets.await();
    }

    private CompletableFuture<?> hasBytes(long id, String key, Verdict verdict) {
        byte[] expected = new SampleObject(id, key, migration.objectSize()).bytes();
        return migration
                .s3()
                .getObject(request -> request.bucket(migration.target()).key(key), AsyncResponseTransformer.toBytes())
                .handle((response, trouble) -> {
                    if (trouble != null) {
                        verdict.breach("row " + id + " refers to " + key + ", which can't be read: " + trouble);
                    } else if (!Arrays.equals(expected, response.asByteArrayUnsafe())) {
                        verdict.breach("row " + id + " refers to " + key + ", which has other bytes");
                    }
                    return null;
                });
    }

    @Override
    public String property() {
        return "at every moment each row referred to an object that existed, with the same bytes";
    }

    @Override
    public void judge(Verdict verdict) throws SQLException {
        close();
        seen.breaches().forEach(breach -> verdict.breach("during the run: " + breach));
        check(verdict, new HashSet<>());
    }

    @Override
    public void close() {
        sampling.close();
    }
}
