package dev.rehome.producer.plan;

import java.util.Objects;

/**
 * A number with its uncertainty.
 *
 * @param value the most likely number
 * @param low the lower end of its range, which contains the true number with a probability of 95 % if the basis is a sample
 * @param high the upper end of its range
 * @param basis what it was estimated from, or how it was counted
 * @param counted whether it was counted, so that it has no uncertainty
 */
public record Estimate(double value, double low, double high, String basis, boolean counted) {
    /** 95 % of a normal distribution lies within this many standard deviations of its mean. */
    private static final double WIDTH = 1.96;
    /** If none of n has a property, at most 3 of n have it with a probability of 95 % (the rule of three). */
    private static final double NONE_SEEN = 3;

    public Estimate {
        Objects.requireNonNull(basis, "basis");
        if (!(low <= value && value <= high)) {
            throw new IllegalArgumentException("Expected " + low + " <= " + value + " <= " + high);
        }
    }

    /** A number that was estimated. */
    public Estimate(double value, double low, double high, String basis) {
        this(value, low, high, basis, false);
    }

    /** A number that was counted. */
    public static Estimate exact(long value, String basis) {
        double exact = (double) value;
        return new Estimate(exact, exact, exact, basis, true);
    }

    /** The share of a population that has a property, by a sample; {@code size} isn't 0. */
    public static Estimate share(long having, long size, String basis) {
        double share = (double) having / size;
        double half = WIDTH * Math.sqrt(share * (1 - share) / size);
        double low = having == size ? Math.max(0, 1 - NONE_SEEN / size) : Math.max(0, share - half);
        double high = having == 0 ? Math.min(1, NONE_SEEN / size) : Math.min(1, share + half);
        return new Estimate(share, low, high, basis);
    }

    /** The mean of a population, by the sums of a sample's values and their squares; {@code size} isn't 0. */
    public static Estimate mean(double sum, double squares, long size, String basis) {
        double mean = sum / size;
        double variance = size == 1 ? mean * mean : Math.max(0, squares - size * mean * mean) / (size - 1);
        double half = WIDTH * Math.sqrt(variance / size);
        return new Estimate(mean, Math.max(0, mean - half), mean + half, basis);
    }

    /** A multiple of the number. */
    Estimate times(double factor, String productBasis) {
        return new Estimate(value * factor, low * factor, high * factor, productBasis, counted);
    }

    /** The sum of two numbers that tend to be high together. */
    Estimate plus(Estimate other, String sumBasis) {
        return new Estimate(
                value + other.value, low + other.low, high + other.high, sumBasis, counted && other.counted);
    }

    /** The product of two independent numbers. */
    public Estimate times(Estimate other, String productBasis) {
        return new Estimate(value * other.value, low * other.low, high * other.high, productBasis);
    }
}
