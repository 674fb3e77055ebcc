package dev.rehome.emulation.benchmark;

import com.sun.management.OperatingSystemMXBean;
import dev.rehome.emulation.process.ResourceUse;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures calls of a server by this process: rate, and CPU time on both sides. For one thread. */
final class Measurements {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final String server;
    private final long pid;
    private final Map<String, Map<String, List<Double>>> values = new LinkedHashMap<>();

    /** Measures calls of the server with this name and process. */
    Measurements(String server, long pid) {
        this.server = server;
        this.pid = pid;
    }

    /** Runs the calls; {@code counts} is false for a warm-up. */
    void measure(String subject, String action, int units, boolean counts, Runnable calls) {
        ResourceUse before = ResourceUse.of(pid);
        long cpu = PROCESS.getProcessCpuTime();
        long start = System.nanoTime();
        calls.run();
        long nanos = System.nanoTime() - start;
        if (counts) {
            double client = PROCESS.getProcessCpuTime() - cpu;
            double used = ResourceUse.of(pid).cpu().minus(before.cpu()).toNanos();
            add(subject, action + "/s", units * 1e9 / nanos);
            add(subject, action + ", client µs", client / 1e3 / units);
            add(subject, action + ", " + server + " µs", used / 1e3 / units);
        }
    }

    /** Adds a value of another figure. */
    void add(String subject, String figure, double value) {
        values.computeIfAbsent(subject, any -> new LinkedHashMap<>())
                .computeIfAbsent(figure, any -> new ArrayList<>())
                .add(value);
    }

    void addTo(Report report, String part) {
        values.forEach((subject, figures) ->
                figures.forEach((figure, all) -> report.add(part, subject, figure, Spread.of(all))));
    }
}
