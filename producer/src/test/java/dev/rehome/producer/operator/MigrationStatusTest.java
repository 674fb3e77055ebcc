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
import dev.rehome.common.queue.ConsumerReport;
import dev.rehome.common.queue.MemoryBatchQueue;
import dev.rehome.producer.progress.RunSnapshot;
import dev.rehome.producer.progress.RunSnapshot.Phase;
import dev.rehome.producer.progress.SnapshotJson;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MigrationStatusTest {
    private static final TargetKeyRule KEYS = new TargetKeyRule("old", "new", KeyLayout.PREFIX);

    private final TestClock clock = new TestClock();
    private final MemoryCatalog catalog = new MemoryDatabase(KEYS, 3, clock).open();
    private final MemoryBatchQueue queue = new MemoryBatchQueue(clock, Duration.ofSeconds(60), 3, 10);

    @Test
    void beforeTheFirstRunThereIsNothingToShow() {
        assertThat(status().text())
                .startsWith("No run has started yet\n")
                .contains("records    applied 0\n")
                .endsWith("no producer has published its progress yet; read from the ledger and the queue");
        assertThat(status().json()).contains("\"live\":false").contains("\"pending\":0");
    }

    @Test
    void withoutAProducerEveryReasonThatTheQueueKnowsIsShown() {
        catalog.runs().startOrResume(Optional.empty());
        publish();
        assertThat(status().text()).contains("trouble    no consumer has reported in the last minute");

        queue.operator().pause("deploy", "ann");
        queue.control().throttle("replica r lags 12.0 s > 1.5", Duration.ofSeconds(5));
        queue.control().report("c1", ConsumerReport.of(ConsumerReport.Activity.STUCK, "no credentials"));
        queue.control().report("c2", ConsumerReport.of(ConsumerReport.Activity.IDLE, ""));
        assertThat(status().snapshot().state().reasons())
                .extracting(RunSnapshot.Reason::text)
                .containsExactly(
                        "paused: deploy", "replica r lags 12.0 s > 1.5", "1 of 2 consumers is stuck: no credentials");
        assertThat(status().text())
                .startsWith("Run 1: in progress since ")
                .contains("state      incomplete\n")
                .contains("batches    1 pending, 0 in flight, 0 copied, 0 dead\n")
                .contains("hold       paused: deploy\n")
                .contains("consumer   c1: stuck: no credentials;")
                .containsPattern("change     .* UTC by ann: hold '' -> 'paused: deploy'");
    }

    @Test
    void freshSnapshotOfTheProducerIsShownAsItIs() {
        RunSnapshot published = RunSnapshot.starting(clock.instant());
        queue.progress().publish(SnapshotJson.encode(published));
        assertThat(status().snapshot()).isEqualTo(published);
        assertThat(status().isLive()).isTrue();

        clock.advance(MigrationStatus.FRESH);
        assertThat(status().isLive()).isFalse();
        assertThat(status().text()).endsWith("for 10 s; read from the ledger and the queue");
    }

    @Test
    void completeRunIsNotInProgress() {
        catalog.lock().acquire(Duration.ZERO);
        int run = catalog.runs().startOrResume(Optional.empty()).number();
        catalog.runs().complete(run, "{}");
        assertThat(status().snapshot().state().phase()).isEqualTo(Phase.COMPLETE);
        assertThat(status().text()).startsWith("Run 1: complete since ");
        assertThat(status().json()).contains("\"completed\":\"");
    }

    private MigrationStatus status() {
        return MigrationStatus.read(catalog, queue, "operator");
    }

    private void publish() {
        BatchPublisher publisher = queue.publisher("producer", run -> false);
        publisher.lead(TestBatches.RUN);
        publisher.beginPass(1);
        publisher.publish(TestBatches.batch(1, 1), RowKey.of("1"), 1);
    }
}
