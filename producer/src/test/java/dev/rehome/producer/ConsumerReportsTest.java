package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import dev.rehome.producer.progress.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConsumerReportsTest {
    private final TestClock clock = new TestClock();
    private final Progress progress = new Progress();
    private final Map<String, String> reports = new TreeMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final ConsumerReports step = new ConsumerReports(() -> reports, progress, clock, warnings::add);

    @Test
    void workingConsumersAreNoTrouble() {
        reports.put("a", "running, copied 10");
        step.run();

        assertThat(progress.snapshot().trouble()).isEmpty();
        assertThat(warnings).isEmpty();
    }

    @Test
    void stuckConsumerIsShownAndWarnedAboutAtOnceAndEachMinute() {
        reports.put("a", "running, copied 10");
        reports.put("b", "stuck: the store has served no call for 7 s. Last: UnknownHost, copied 0");
        step.run();
        clock.advance(Duration.ofSeconds(59));
        step.run();
        assertThat(warnings).hasSize(1);
        clock.advance(Duration.ofSeconds(1));
        step.run();

        assertThat(warnings).hasSize(2).allMatch(line -> line.startsWith("1 of 2 consumers are stuck: the store has"));
        assertThat(progress.snapshot().trouble()).startsWith("1 of 2 consumers are stuck");
    }

    @Test
    void troubleEndsWithTheConsumersReport() {
        reports.put("a", "stuck: no credentials");
        step.run();
        reports.put("a", "running");
        step.run();

        assertThat(progress.snapshot().trouble()).isEmpty();
    }
}
