package dev.rehome.common.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Metrics in Prometheus' text format 0.0.4. Names are checked as {@code promtool check metrics} does: a counter ends in
 * {@code _total}, nothing else does, and units are base units. For one thread.
 */
public final class MetricsText {
    /** The content type of the format. */
    public static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final Pattern NAME = Pattern.compile("rehome_[a-z0-9_]+");
    private static final Pattern OTHER_UNITS =
            Pattern.compile("_(milliseconds|ms|minutes|hours|percent|kilobytes)(_|$)");

    private final Map<String, Family> families = new LinkedHashMap<>();

    private record Family(String help, String type, List<String> samples) {}

    /** Adds a sample of a counter, which never falls while the process runs; labels are names and values by turns. */
    public MetricsText counter(String name, String help, double value, String... labels) {
        check(name, name.endsWith("_total"));
        return add(name, name, help, "counter", value, labels);
    }

    /** Adds a sample of a counter that counts things. */
    public MetricsText counter(String name, String help, long value, String... labels) {
        return counter(name, help, (double) value, labels);
    }

    /** Adds a sample of a gauge of things. */
    public MetricsText gauge(String name, String help, long value, String... labels) {
        return gauge(name, help, (double) value, labels);
    }

    /** Adds a sample of a gauge; labels are names and values by turns. */
    public MetricsText gauge(String name, String help, double value, String... labels) {
        check(name, !name.endsWith("_total"));
        return add(name, name, help, "gauge", value, labels);
    }

    /** Adds a histogram: how many observations are at most each bound, their number and their sum. */
    public MetricsText histogram(String name, String help, Map<Double, Long> atMost, long count, double sum) {
        check(name, !name.endsWith("_total"));
        atMost.forEach((bound, number) ->
                add(name, name + "_bucket", help, "histogram", (double) number, "le", number(bound)));
        add(name, name + "_bucket", help, "histogram", (double) count, "le", "+Inf");
        add(name, name + "_sum", help, "histogram", sum);
        return add(name, name + "_count", help, "histogram", (double) count);
    }

    private static void check(String name, boolean suffix) {
        if (!suffix
                || !NAME.matcher(name).matches()
                || OTHER_UNITS.matcher(name).find()) {
            throw new IllegalArgumentException("Expected the name of a metric in base units, got " + name);
        }
    }

    private MetricsText add(String name, String sample, String help, String type, double value, String... labels) {
        families.computeIfAbsent(name, each -> new Family(help, type, new ArrayList<>()))
                .samples()
                .add(sample + labels(labels) + " " + number(value));
        return this;
    }

    private static String labels(String... labels) {
        if (labels.length == 0) {
            return "";
        }
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < labels.length; i += 2) {
            String value =
                    labels[i + 1].replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
            pairs.add(labels[i] + "=\"" + value + "\"");
        }
        return "{" + String.join(",", pairs) + "}";
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** The text. */
    public String text() {
        StringBuilder text = new StringBuilder();
        families.forEach((name, family) -> {
            text.append("# HELP ")
                    .append(name)
                    .append(' ')
                    .append(family.help())
                    .append('\n');
            text.append("# TYPE ")
                    .append(name)
                    .append(' ')
                    .append(family.type())
                    .append('\n');
            family.samples().forEach(sample -> text.append(sample).append('\n'));
        });
        return text.toString();
    }
}
