package dev.rehome.producer.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.catalog.MemoryCatalog;
import dev.rehome.common.catalog.MemoryDatabase;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.ControlChannel;
import dev.rehome.common.queue.MemoryBatchQueue;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunStatusTest {
    private static final TargetKeyRule KEYS = new TargetKeyRule("old", "new", KeyLayout.PREFIX);

    private final TestClock clock = new TestClock();
    private final MemoryCatalog catalog = new MemoryDatabase(KEYS, 3, clock).open();
    private final MemoryBatchQueue queue = new MemoryBatchQueue(clock, Duration.ofSeconds(60), 3, 10);

    @Test
    void beforeTheFirstRunThereIsNothingToShow() {
        assertThat(status().isRunning()).isFalse();
        assertThat(StatusText.text(status()))
                .startsWith("No run has started yet\n")
                .contains("0 records");
        assertThat(StatusText.json(status())).doesNotContain("\"run\"").contains("\"pending\":0");
    }

    @Test
    void everyReasonThatHoldsTheRunIsShown() {
        catalog.runs().startOrResume(Optional.empty());
        publish();
        assertThat(status().holds()).containsExactly("no consumer has reported in the last minute");

        queue.operator().pause("deploy", "ann");
        queue.control().throttle("replica r lags 12.0 s > 1.5", Duration.ofSeconds(5));
        queue.control().report("c1", ControlChannel.STUCK + "no credentials");
        queue.control().report("c2", "running");
        assertThat(status().holds())
                .containsExactly("paused: deploy", "replica r lags 12.0 s > 1.5", "1 of 2 consumers are stuck");
    }

    @Test
    void textNamesRunBatchesConsumersAndChanges() {
        catalog.runs().startOrResume(Optional.empty());
        publish();
        queue.operator().pause("deploy", "ann");
        queue.control().report("c1", "running, copied 3");
        String text = StatusText.text(status());
        assertThat(text)
                .startsWith("Run 1: in progress since ")
                .contains("batches    1 pending, 0 in flight, 0 copied, 0 dead\n")
                .contains("held       paused: deploy\n")
                .contains("consumer   c1: running, copied 3\n")
                .containsPattern("change     .* UTC by ann: hold '' -> 'paused: deploy'");
    }

    @Test
    void completeRunIsNotInProgress() {
        catalog.lock().acquire(Duration.ZERO);
        int run = catalog.runs().startOrResume(Optional.empty()).number();
        catalog.runs().complete(run, "{}");
        assertThat(status().isRunning()).isFalse();
        assertThat(StatusText.text(status())).startsWith("Run 1: complete since ");
        assertThat(StatusText.json(status())).contains("\"completed\":\"");
    }

    private RunStatus status() {
        return RunStatus.read(catalog, queue, "operator");
    }

    private void publish() {
        BatchPublisher publisher = queue.publisher("producer", run -> false);
        publisher.lead(TestBatches.RUN);
        publisher.beginPass(1);
        publisher.publish(TestBatches.batch(1, 1), RowKey.of("1"), 1);
    }
}
