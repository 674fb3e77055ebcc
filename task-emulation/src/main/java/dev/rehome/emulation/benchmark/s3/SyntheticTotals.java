package dev.rehome.emulation.benchmark.s3;

import java.util.ArrayList;
import java.util.List;

/**
 * What a synthetic server did.
 *
 * @param copies successful copies
 * @param repeated those whose target existed
 * @param refused copies refused because the target existed
 * @param slowedDown copies refused with SlowDown
 * @param strange the first few copies of a sample object to a wrong key
 */
public record SyntheticTotals(long copies, long repeated, long refused, long slowedDown, List<String> strange) {
    private static final int COUNTS = 4;

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(copies + " " + repeated + " " + refused + " " + slowedDown);
        lines.addAll(strange);
        return String.join("\n", lines);
    }

    static SyntheticTotals parse(String text) {
        List<String> lines = text.lines().toList();
        String[] counts = lines.get(0).split(" ", COUNTS);
        return new SyntheticTotals(
                Long.parseLong(counts[0]),
                Long.parseLong(counts[1]),
                Long.parseLong(counts[2]),
                Long.parseLong(counts[3]),
                lines.subList(1, lines.size()));
    }
}
