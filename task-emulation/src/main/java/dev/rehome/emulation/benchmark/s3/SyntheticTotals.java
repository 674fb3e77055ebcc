package dev.rehome.emulation.benchmark.s3;

import java.util.ArrayList;
import java.util.List;

/**
 * The counts of a synthetic server.
 *
 * @param copies successful copies
 * @param repeated copies that overwrote an existing target
 * @param rejected copies rejected because the target existed
 * @param slowedDown copies rejected with SlowDown
 * @param strange the first few copies of a sample object to a wrong key
 */
public record SyntheticTotals(long copies, long repeated, long rejected, long slowedDown, List<String> strange) {
    private static final int COUNTS = 4;

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(copies + " " + repeated + " " + rejected + " " + slowedDown);
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
