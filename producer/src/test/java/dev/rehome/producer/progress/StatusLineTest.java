package dev.rehome.producer.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.queue.QueueDepth;
import dev.rehome.producer.progress.Progress.Snapshot;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StatusLineTest {
    private static final QueueDepth DEPTH = new QueueDepth(12, 8, 3, 1, 24);

    @Test
    void lineHasDoneTotalRateQueueAndTimeLeft() {
        Snapshot now = new Snapshot(OptionalLong.of(10_000), 1, new RecordTotals(2_900, 50, 9, 41), "", "");

        assertThat(StatusLine.line(now, DEPTH, 70))
                .isEqualTo("applied 3,000 of 10,000 (30.0 %) | 70/s | failed 41 | pass 1 | batches: 12 pending, 8 in"
                        + " flight, 3 copied, 1 dead | left 1 min 40 s");
    }

    @Test
    void percentageNeverExceedsOneHundred() {
        Snapshot now = new Snapshot(OptionalLong.of(10), 2, RecordTotals.NONE.withMigrated(12), "", "");

        assertThat(StatusLine.line(now, DEPTH, 1))
                .contains("12 of 10 (100.0 %)")
                .doesNotContain("left");
    }

    @Test
    void reasonToWaitReplacesTimeLeft() {
        Snapshot now = new Snapshot(OptionalLong.of(10), 1, RecordTotals.NONE.withMigrated(5), "paused: deploy", "");

        assertThat(StatusLine.line(now, DEPTH, 1)).endsWith("waiting: paused: deploy");
    }

    @Test
    void stuckConsumersAreShown() {
        Snapshot now = new Snapshot(OptionalLong.empty(), 1, RecordTotals.NONE, "", "1 of 2 consumers are stuck: why");

        assertThat(StatusLine.line(now, DEPTH, 0)).endsWith("1 dead | 1 of 2 consumers are stuck: why");
    }

    @Test
    void percentageIsOmittedUntilRowsAreCounted() {
        Snapshot now = new Snapshot(OptionalLong.empty(), 1, RecordTotals.NONE.withMigrated(5), "", "");

        assertThat(StatusLine.line(now, DEPTH, 1)).startsWith("applied 5 | 1/s").doesNotContain("%");
    }
}
