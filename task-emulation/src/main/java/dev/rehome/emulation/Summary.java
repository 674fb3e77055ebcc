package dev.rehome.emulation;

import dev.rehome.emulation.migration.RestartedProcesses;
import dev.rehome.emulation.process.RestartedProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table at the end of a rehearsal, followed by the producer's own report. */
record Summary(RestartedProcesses processes, boolean complete) {
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format("%-14s %9s %9s %10s  %s", "process", "seconds", "CPU s", "peak MiB", "exit code"));
        for (RestartedProcess each : processes.all()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-14s %9.1f %9.1f %10d  %s",
                    each.process().name(),
                    each.ran().toMillis() / 1_000.0,
                    each.use().cpu().toMillis() / 1_000.0,
                    each.use().peakMemory() >> 20,
                    each.isDone() ? Integer.toString(each.process().exitCode()) : "still running"));
        }
        lines.add("");
        lines.addAll(report());
        return lines;
    }

    private List<String> report() {
        List<String> log = processes.producer().process().log().lines().toList();
        int from = -1;
        for (int i = 0; i < log.size(); i++) {
            if (log.get(i).startsWith("Run ") && log.get(i).contains(" is complete after ")) {
                from = i;
            }
        }
        if (from >= 0) {
            return log.subList(from, log.size()).stream()
                    .filter(line -> line.startsWith(" ") || line.startsWith("Run "))
                    .toList();
        }
        return complete ? List.of() : log.subList(Math.max(0, log.size() - 15), log.size());
    }
}
