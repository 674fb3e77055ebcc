package dev.rehome.producer.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.TestClock;
import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.queue.ConsumerReport;
import dev.rehome.common.queue.MemoryBatchQueue;
import dev.rehome.common.queue.ProgressBoard;
import dev.rehome.common.queue.QueueDepth;
import dev.rehome.common.queue.RecordCounts;
import dev.rehome.producer.progress.RunSnapshot.Kind;
import dev.rehome.producer.progress.RunSnapshot.Phase;
import dev.rehome.producer.throttle.RunWindows;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProgressReportingTest {
    private final TestClock clock = new TestClock();
    private final MemoryBatchQueue queue = new MemoryBatchQueue(clock, Duration.ofSeconds(60), 3, 10);
    private final Run run = new Run(TestBatches.RUN, clock.instant(), Optional.empty(), Optional.empty());
    private final Map<String, ConsumerReport> consumers =
            Map.of("c", ConsumerReport.of(ConsumerReport.Activity.COPYING, ""));
    private Progress progress = new Progress();
    private RecordTotals applied = RecordTotals.NONE;
    private int reads;
    private boolean leads = true;
    private boolean away;
    private RecordCounts records = new RecordCounts(4_000, 1_000);
    private RunWindows windows = RunWindows.ALWAYS;

    private ProgressReporting reporting(Run of) {
        return new ProgressReporting(
                () -> of,
                progress,
                new ProgressReporting.Sources(
                        () -> {
                            reads++;
                            return applied;
                        },
                        () -> {
                            if (away) {
                                throw new Unavailable("Redis at redis:6379: connection refused");
                            }
                            return new QueueDepth(2, 1, 1, 0, 4);
                        },
                        () -> records,
                        () -> consumers),
                queue.progress(),
                () -> leads,
                () -> windows,
                new ProgressReporting.Clocks(clock, clock));
    }

    @Test
    void publishedIncludesCopiedWhichIncludesApplied() {
        ProgressReporting reporting = reporting(run);
        applied = new RecordTotals(300, 20, 10, 5);
        reporting.run();
        progress.legacy(9_665);
        reporting.run();
        RunSnapshot now = progress.latest();
        assertThat(now.counts().published()).isEqualTo(4_000);
        assertThat(now.counts().copied()).isEqualTo(1_335);
        assertThat(now.counts().applied()).isEqualTo(applied);
        assertThat(now.counts().total())
                .as("failed rows are among the legacy ones")
                .hasValue(9_995);
        assertThat(now.counts().percent().orElseThrow()).isBetween(3.3, 3.4);
    }

    @Test
    void publishedSnapshotIsReadAsItWasComputed() {
        reporting(run).run();
        String text = queue.progress().latest().orElseThrow().snapshot();
        assertThat(SnapshotJson.decode(text)).contains(progress.latest());
        assertThat(text).doesNotContain("\n").contains("\"inFlight\":0");
        assertThat(SnapshotJson.decode("{}")).isEmpty();
        assertThat(SnapshotJson.decode("not JSON")).isEmpty();
    }

    @Test
    void stateNamesTheNextCloseOfTheRunWindows() {
        windows = new RunWindows(RunWindows.parse("Mon-Sun 00:00-24:00"), ZoneOffset.UTC);
        ProgressReporting reporting = reporting(run);
        reporting.run();
        assertThat(progress.latest().state().windowsClose())
                .as("they never close")
                .isEmpty();

        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        String close = DateTimeFormatter.ofPattern("HH:mm").format(now.plusHours(2));
        String start = DateTimeFormatter.ofPattern("HH:mm").format(now.minusHours(2));
        windows = new RunWindows(RunWindows.parse("Mon-Sun " + start + "-" + close), ZoneOffset.UTC);
        reporting.run();
        assertThat(SnapshotText.line(progress.latest()))
                .contains("| running until the run windows close at ")
                .contains(" " + close + " UTC");

        windows = new RunWindows(RunWindows.parse("Mon-Sun " + close + "-" + start), ZoneOffset.UTC);
        reporting.run();
        assertThat(progress.latest().state().windowsClose())
                .as("they are closed")
                .isEmpty();
    }

    @Test
    void onlyTheLeaderPublishes() {
        leads = false;
        reporting(run).run();
        assertThat(queue.progress().latest()).isEmpty();
        assertThat(progress.latest().run().number()).isEqualTo(run.number());
    }

    @Test
    void restartKeepsTotalAndWorkingTime() {
        ProgressReporting first = reporting(run);
        first.run();
        assertThat(progress.mustCount()).isTrue();
        progress.legacy(10_000);
        clock.advance(Duration.ofSeconds(50));
        applied = RecordTotals.NONE.withMigrated(500);
        progress.applied(TestBatches.id(1), applied);
        first.run();

        progress = new Progress();
        clock.advance(Duration.ofHours(1));
        reporting(run).run();
        assertThat(progress.mustCount()).isFalse();
        assertThat(progress.latest().counts().total()).hasValue(10_000);
        assertThat(progress.latest().counts().applied().migrated()).isEqualTo(500);
        assertThat(progress.latest().pace().worked()).isEqualTo(Duration.ofSeconds(50));
        assertThat(progress.latest().pace().average()).isEqualTo(10);

        progress = new Progress();
        reporting(new Run(RunId.start(7), clock.instant(), Optional.empty(), Optional.empty()))
                .run();
        assertThat(progress.mustCount()).as("another run").isTrue();
    }

    @Test
    void ledgerIsReadOnlyAfterACommit() {
        ProgressReporting reporting = reporting(run);
        reporting.run();
        reporting.run();
        assertThat(reads).isEqualTo(1);
        progress.applied(TestBatches.id(1), RecordTotals.NONE);
        reporting.run();
        reporting.run();
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void numbersThatCantBeReadAnyMoreAreShownAsOldWithTheReason() {
        ProgressReporting reporting = reporting(run);
        progress.waiting(List.of("paused: deploy"));
        reporting.run();
        RunSnapshot before = progress.latest();
        away = true;
        clock.advance(Duration.ofMinutes(5));
        assertThatThrownBy(reporting::run).isInstanceOf(Unavailable.class);
        assertThat(progress.latest().counts()).isEqualTo(before.counts());
        assertThat(progress.latest().at()).isEqualTo(before.at());
        assertThat(SnapshotText.line(progress.latest()))
                .contains("waiting: paused: deploy; no new numbers since 2026-01-01 00:00:00 UTC: Redis at redis:6379:"
                        + " connection refused |")
                .endsWith("ETA not known while there are no new numbers");
        away = false;
        reporting.run();
        assertThat(progress.latest().reasons(Kind.TROUBLE)).isEmpty();
    }

    @Test
    void publishedCountsOnWhenTheQueueLosesItsData() {
        ProgressReporting reporting = reporting(run);
        applied = RecordTotals.NONE.withMigrated(3_000);
        progress.applied(TestBatches.id(1), applied);
        reporting.run();
        records = new RecordCounts(500, 0);
        reporting.run();
        assertThat(progress.latest().counts().published()).isEqualTo(3_500);
        records = new RecordCounts(800, 0);
        reporting.run();
        assertThat(progress.latest().counts().published()).isEqualTo(3_800);

        progress = new Progress();
        reporting(run).run();
        assertThat(progress.latest().counts().published()).as("after a restart").isEqualTo(3_800);
    }

    @Test
    void runThatWaitsSaysWhy() {
        progress.waiting(List.of("paused: deploy"));
        reporting(run).run();
        assertThat(progress.latest().state().phase()).isEqualTo(Phase.WAITING);
        assertThat(SnapshotText.line(progress.latest())).contains("| waiting: paused: deploy |");
    }

    @Test
    void endIsPublished() {
        ProgressReporting reporting = reporting(run);
        reporting.run();
        reporting.end(Phase.COMPLETE, Optional.of(clock.instant()), List.of());
        RunSnapshot last = SnapshotJson.decode(
                        queue.progress().latest().orElseThrow().snapshot())
                .orElseThrow();
        assertThat(last.state().phase()).isEqualTo(Phase.COMPLETE);
        assertThat(SnapshotText.lines(last)).startsWith("Run " + run.number() + ": complete since ");
    }

    @Test
    void historyHasASampleEveryTenSecondsAndEveryFiveMinutes() {
        ProgressReporting reporting = reporting(run);
        for (int second = 0; second <= 300; second++) {
            reporting.run();
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(queue.progress().history(ProgressBoard.Series.HOUR)).hasSize(31);
        assertThat(queue.progress().history(ProgressBoard.Series.WEEK)).hasSize(2);
    }

    @Test
    void percentIsNeverAboveOneHundred() {
        RunSnapshot.Counts counts =
                new RunSnapshot.Counts(OptionalLong.of(10), 0, 0, RecordTotals.NONE.withMigrated(12));
        assertThat(counts.percent().orElseThrow()).isEqualTo(100.0);
        assertThat(counts.published()).isEqualTo(12);
    }
}
