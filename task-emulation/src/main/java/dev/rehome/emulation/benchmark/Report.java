package dev.rehome.emulation.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/** The figures of one run of the benchmarks, by part and case: as tables in Markdown, and as JSON. */
public final class Report {
    private final Map<String, Map<String, Map<String, Spread>>> parts = new LinkedHashMap<>();

    /** Adds a figure, such as part {@code engine}, case {@code lean, 256 in flight}, figure {@code copies/s}. */
    public void add(String part, String subject, String figure, Spread values) {
        parts.computeIfAbsent(part, any -> new LinkedHashMap<>())
                .computeIfAbsent(subject, any -> new LinkedHashMap<>())
                .put(figure, values);
    }

    /** One part as a table: a row for each case, a column for each figure, the median followed by lowest and highest. */
    public List<String> table(String part) {
        Map<String, Map<String, Spread>> cases = parts.getOrDefault(part, Map.of());
        Set<String> figures = new LinkedHashSet<>();
        cases.values().forEach(each -> figures.addAll(each.keySet()));
        List<String> lines = new ArrayList<>();
        lines.add("| " + part + " | " + String.join(" | ", figures) + " |");
        lines.add("| --- |" + " --- |".repeat(figures.size()));
        cases.forEach((subject, values) -> {
            StringJoiner row = new StringJoiner(" | ", "| ", " |").add(subject);
            figures.forEach(figure ->
                    row.add(values.containsKey(figure) ? values.get(figure).toString() : ""));
            lines.add(row.toString());
        });
        return lines;
    }

    /** The machine, in one line. */
    public static String machine() throws IOException {
        String model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 2))
                .orElse("unknown processor");
        return String.format(
                Locale.ROOT,
                "%s, %d of %s, load %.1f, JDK %s, %s",
                Instant.now().truncatedTo(ChronoUnit.MINUTES),
                Runtime.getRuntime().availableProcessors(),
                model,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.version(),
                System.getProperty("os.arch"));
    }

    /** The machine and all figures as JSON. */
    public String json() throws IOException {
        StringJoiner all = new StringJoiner(",\n", "{\n", "\n}\n");
        all.add("  \"machine\": " + quoted(machine()));
        parts.forEach((part, cases) -> {
            StringJoiner list = new StringJoiner(",\n", "  " + quoted(part) + ": [\n", "\n  ]");
            cases.forEach((subject, figures) -> figures.forEach((figure, values) -> list.add(String.format(
                    Locale.ROOT,
                    "    {\"case\": %s, \"figure\": %s, \"median\": %s, \"least\": %s, \"most\": %s}",
                    quoted(subject),
                    quoted(figure),
                    values.median(),
                    values.least(),
                    values.most()))));
            all.add(list.toString());
        });
        return all.toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
