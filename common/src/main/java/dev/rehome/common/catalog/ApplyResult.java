package dev.rehome.common.catalog;

import java.util.Objects;

/**
 * The result of applying one batch.
 *
 * @param totals how the batch's records ended; {@link RecordTotals#NONE} when outcomes are missing
 * @param missing records without an outcome; when not zero, nothing was applied and the batch must be copied again
 */
public record ApplyResult(RecordTotals totals, int missing) {
    public ApplyResult {
        Objects.requireNonNull(totals, "totals");
    }

    /** A batch that was applied. */
    public static ApplyResult applied(RecordTotals totals) {
        return new ApplyResult(totals, 0);
    }

    /** A batch that was not applied because outcomes are missing. */
    public static ApplyResult outcomesMissing(int missing) {
        return new ApplyResult(RecordTotals.NONE, missing);
    }

    /** Whether the batch was applied and can be finished. */
    public boolean isApplied() {
        return missing == 0;
    }
}
