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
    /** Checks that the object of each legacy row was copied to its key, nothing else was copied, and nothing overwritten. */
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
        // The probe for support of If-None-Match must not copy anything either.
        if (totals.repeated() != 0 || totals.copies() != expected) {
            verdict.breach("the server made " + totals.copies() + " copies, expected " + expected + "; "
                    + totals.repeated() + " of them overwrote their target");
        }
        verdict.fact(String.format("%,d objects were copied to their new key, each once, and no others", expected));
    }
}
