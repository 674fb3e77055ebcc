package dev.rehome.consumer.verification;

import java.math.BigDecimal;

/**
 * A part of the references, chosen at random.
 *
 * @param percent above 0 and at most 100
 */
record Share(BigDecimal percent) {
    /** All of them. */
    static final Share ALL = new Share(BigDecimal.valueOf(100));

    Share {
        if (percent.signum() <= 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0) {
            throw new IllegalArgumentException("expected a share above 0% and up to 100%, such as 1% or 0.5%");
        }
    }

    /** Reads {@code 1%} or {@code 0.5%}. */
    static Share parse(String text) {
        try {
            if (text.endsWith("%")) {
                return new Share(
                        new BigDecimal(text.substring(0, text.length() - 1).strip()));
            }
        } catch (NumberFormatException noNumber) {
            // Told below as any other text that is no share.
        }
        throw new IllegalArgumentException("expected a share in percent, such as 1% or 0.5%");
    }

    /** Whether these are all. */
    boolean isAll() {
        return percent.compareTo(ALL.percent) == 0;
    }

    /** As a fraction of 1. */
    double fraction() {
        return percent.movePointLeft(2).doubleValue();
    }
}
