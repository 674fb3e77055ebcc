package dev.rehome.common.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules of {@code promtool check metrics} (https://github.com/prometheus/client_golang, package promlint) that matter here:
 * each sample belongs to a family with HELP and TYPE before it, samples are different, counters and only they end in {@code
 * _total}, names are in snake case, have no ending or type that is reserved, and units are base units without abbreviations.
 */
public final class PrometheusLint {
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(?:[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\]|\\\\[\\\\\"n])*\",?)*\\})? (\\S+)");
    /** Units other than base units, and abbreviations. */
    private static final Pattern OTHER_UNIT =
            Pattern.compile(".*_(s|sec|ms|us|ns|m|h|d|milliseconds|microseconds|nanoseconds"
                    + "|minutes|hours|days|weeks|b|kb|mb|gb|tb|bits|kilobytes|megabytes|gigabytes|percent)(_.*)?");
    /** Endings that belong to the samples of a histogram, and names of types. */
    private static final Pattern RESERVED =
            Pattern.compile(".*(_(bucket|count|sum|info)|_(counter|gauge|histogram)(_.*)?)");

    private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram");

    private PrometheusLint() {}

    /** What is wrong with a text; nothing when it is right. */
    public static List<String> problems(String text) {
        List<String> problems = new ArrayList<>();
        if (!text.endsWith("\n")) {
            problems.add("the last line has no line feed");
        }
        Map<String, String> types = new HashMap<>();
        Set<String> seen = new HashSet<>();
        String family = "";
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("# HELP ")) {
                family = line.split(" ", 4)[2];
                if (!seen.add(family) || line.split(" ", 4)[3].isBlank()) {
                    problems.add(family + " has two or empty HELP lines");
                }
            } else if (line.startsWith("# TYPE ")) {
                types.put(line.split(" ", -1)[2], line.split(" ", -1)[3]);
            } else if (!line.isEmpty()) {
                sample(problems, line, family, types, seen);
            }
        }
        types.forEach((name, type) -> {
            if (type.equals("counter") != name.endsWith("_total")) {
                problems.add(name + " is a " + type + ": counters and only counters end in _total");
            }
            if (OTHER_UNIT.matcher(name).matches()) {
                problems.add(name + " isn't in base units");
            }
            if (!TYPES.contains(type)) {
                problems.add(name + " has the unknown type " + type);
            }
            if (RESERVED.matcher(name).matches() || !name.matches("[a-z][a-z0-9_]*")) {
                problems.add(name + " is reserved, or not in snake case");
            }
            if (!seen.contains(name)) {
                problems.add(name + " has no HELP");
            }
        });
        return problems;
    }

    private static void sample(
            List<String> problems, String line, String family, Map<String, String> types, Set<String> seen) {
        Matcher match = SAMPLE.matcher(line);
        if (!match.matches()) {
            problems.add("not a sample: " + line);
            return;
        }
        boolean histogram = "histogram".equals(types.get(family));
        String name = histogram ? match.group(1).replaceFirst("_(bucket|sum|count)$", "") : match.group(1);
        if (!name.equals(family) || !types.containsKey(name)) {
            problems.add(line + " doesn't follow its HELP and TYPE");
        }
        if (!seen.add(match.group(1) + " " + match.group(2))) {
            problems.add(line + " is there twice");
        }
        try {
            Double.parseDouble(match.group(3).replace("+Inf", "Infinity"));
        } catch (NumberFormatException invalid) {
            problems.add(line + " has no number");
        }
    }
}
