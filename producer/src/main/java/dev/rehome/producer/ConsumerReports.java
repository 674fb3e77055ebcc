package dev.rehome.producer;

import dev.rehome.common.process.Loop;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.queue.ControlChannel;
import dev.rehome.producer.progress.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads the consumers' reports. If some of them are stuck, it shows that on the status line and warns at once and then
 * every minute: a run that waits for them would otherwise look idle.
 */
final class ConsumerReports implements Loop.Step {
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final Duration WARNING_PERIOD = Duration.ofMinutes(1);

    private final Supplier<Map<String, String>> reports;
    private final Progress progress;
    private final MonotonicClock clock;
    private final Consumer<String> warnings;
    private Duration warnedAt;

    ConsumerReports(
            Supplier<Map<String, String>> reports, Progress progress, MonotonicClock clock, Consumer<String> warnings) {
        this.reports = reports;
        this.progress = progress;
        this.clock = clock;
        this.warnings = warnings;
    }

    @Override
    public Duration run() {
        Map<String, String> all = reports.get();
        List<String> stuck = all.values().stream()
                .filter(report -> report.startsWith(ControlChannel.STUCK))
                .map(report -> report.substring(ControlChannel.STUCK.length()))
                .sorted()
                .toList();
        if (stuck.isEmpty()) {
            progress.trouble("");
            warnedAt = null;
            return PERIOD;
        }
        String trouble = stuck.size() + " of " + all.size() + " consumers are stuck: " + stuck.get(0);
        progress.trouble(trouble);
        if (warnedAt == null || clock.now().minus(warnedAt).compareTo(WARNING_PERIOD) >= 0) {
            warnings.accept(trouble);
            warnedAt = clock.now();
        }
        return PERIOD;
    }
}
