package dev.rehome.emulation.benchmark;

import java.util.List;
import java.util.Locale;

/**
 * A figure that was measured several times: its median, and its extremes, which show how noisy the machine was.
 *
 * @param median the middle value; of an even number the mean of the middle two
 * @param least the lowest
 * @param most the highest
 */
public record Spread(double median, double least, double most) {
    /** The spread of at least one value. */
    public static Spread of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
    }

    /** The median, followed by the extremes in parentheses if they differ. */
    @Override
    public String toString() {
        return least == most ? text(median) : text(median) + " (" + text(least) + "–" + text(most) + ")";
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%,.1f" : "%,.0f", value);
    }
}
