package dev.rehome.emulation.verification;

import dev.rehome.emulation.benchmark.s3.SyntheticS3Process;
import dev.rehome.emulation.benchmark.s3.SyntheticTotals;
import dev.rehome.emulation.seeding.SampleRow;
import java.util.BitSet;

/**
 * Compares a synthetic server's journal of copies with the sample.
 *
 * @param store the server
 */
public record JournalVerification(SyntheticS3Process store) {
    /** Judges every object: that of each legacy row was copied to its key, nothing else was, and nothing was overwritten. */
    public void judge(long rows, Verdict verdict) {
        SyntheticTotals totals = store.totals();
        BitSet copied = store.copied();
        long expected = 0;
        for (long id = 1; id <= rows; id++) {
            boolean legacy = SampleRow.of(id).kind() == SampleRow.Kind.LEGACY;
            expected += legacy ? 1 : 0;
            if (legacy != copied.get((int) id)) {
                verdict.breach("the object of row " + id + (legacy ? " was not copied" : " was copied"));
            }
        }
        totals.strange().forEach(verdict::breach);
        // Probing whether the server honours If-None-Match must not copy either.
        if (totals.repeated() != 0 || totals.copies() != expected) {
            verdict.breach(totals.copies() + " copies of " + expected + " objects, of which " + totals.repeated()
                    + " overwrote their target");
        }
        verdict.fact(
                String.format("%,d objects were copied to their new key, each once, and nothing else was", expected));
    }
}
