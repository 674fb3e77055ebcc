package dev.rehome.emulation;

import dev.rehome.emulation.process.ServiceTask;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table at the end. */
record Summary(MigrationTasks tasks, boolean complete) {
    List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(String.format("%-14s %9s %9s %10s  %s", "process", "seconds", "CPU s", "peak MiB", "exit code"));
        for (ServiceTask task : tasks.all()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-14s %9.1f %9.1f %10d  %s",
                    task.name(),
                    task.ran().toMillis() / 1_000.0,
                    task.use().cpu().toMillis() / 1_000.0,
                    task.use().peakMemory() >> 20,
                    task.isDone() ? Integer.toString(task.exitCode()) : "still running"));
        }
        lines.add("");
        lines.addAll(report());
        return lines;
    }

    /** What the producer itself reported at its end. */
    private List<String> report() throws IOException {
        List<String> log = Files.readAllLines(tasks.all().get(0).log());
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
