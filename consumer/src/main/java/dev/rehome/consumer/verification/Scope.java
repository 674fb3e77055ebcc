package dev.rehome.consumer.verification;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * The part of the migrated records that is verified.
 *
 * @param targetsOnly whether sources are left out
 * @param percent how many of the records: above 0 and at most 100
 * @param seed selects them: the same seed selects the same elements of a sequence
 */
record Scope(boolean targetsOnly, BigDecimal percent, long seed) {
    private static final BigDecimal ALL = BigDecimal.valueOf(100);

    Scope {
        if (percent.signum() <= 0 || percent.compareTo(ALL) > 0) {
            throw new IllegalArgumentException("expected more than 0% and at most 100%, such as 1% or 0.5%");
        }
    }

    /** Parses a scope's sample, such as {@code 1%} or {@code 0.5%}. */
    static Scope of(boolean targetsOnly, String sample, long seed) {
        String number =
                sample.endsWith("%") ? sample.substring(0, sample.length() - 1).strip() : "";
        try {
            return new Scope(targetsOnly, new BigDecimal(number), seed);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("expected a percentage, such as 1% or 0.5%", notANumber);
        }
    }

    private boolean isAll() {
        return percent.compareTo(ALL) == 0;
    }

    /** A new random selection; test each element once, in order. */
    <T> Predicate<T> selection() {
        SplittableRandom random = new SplittableRandom(seed);
        double fraction = percent.movePointLeft(2).doubleValue();
        return isAll() ? any -> true : any -> random.nextDouble() < fraction;
    }

    @Override
    public String toString() {
        String records =
                isAll() ? "all" : "a sample of " + percent.toPlainString() + "%; --seed " + seed + " selects it again";
        return targetsOnly ? records + "; targets only" : records;
    }
}
