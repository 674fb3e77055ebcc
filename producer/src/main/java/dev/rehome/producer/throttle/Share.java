package dev.rehome.producer.throttle;

/**
 * A part of a whole.
 *
 * @param part at least 0, at most {@code whole}
 * @param whole at least 0
 */
public record Share(long part, long whole) {
    /** Below this size of the whole, a percentage means nothing. */
    static final long LEAST = 1_000;

    public Share {
        if (part < 0 || whole < part) {
            throw new IllegalArgumentException("Expected 0 <= part <= whole, got " + part + " of " + whole);
        }
    }

    /** The percentage; 0 while the whole is below {@link #LEAST}. */
    double percent() {
        return whole < LEAST ? 0 : 100.0 * part / whole;
    }
}
