package dev.rehome.consumer.verification;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * The proportion of records that is verified.
 *
 * @param percent above 0 and at most 100
 */
record SampleRate(BigDecimal percent) {
    static final SampleRate ALL = new SampleRate(BigDecimal.valueOf(100));

    SampleRate {
        if (percent.signum() <= 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0) {
            throw new IllegalArgumentException("expected more than 0% and at most 100%, such as 1% or 0.5%");
        }
    }

    /** Parses {@code 1%} or {@code 0.5%}. */
    static SampleRate parse(String text) {
        String number =
                text.endsWith("%") ? text.substring(0, text.length() - 1).strip() : "";
        try {
            return new SampleRate(new BigDecimal(number));
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("expected a percentage, such as 1% or 0.5%", notANumber);
        }
    }

    boolean isAll() {
        return percent.compareTo(ALL.percent) == 0;
    }

    /** A random selection; the same seed selects the same elements of a sequence. */
    <T> Predicate<T> selection(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double fraction = percent.movePointLeft(2).doubleValue();
        return isAll() ? any -> true : any -> random.nextDouble() < fraction;
    }
}
