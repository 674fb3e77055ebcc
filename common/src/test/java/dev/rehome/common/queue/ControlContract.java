package dev.rehome.common.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract of a queue with the operator, and with the processes that follow the operator's changes. */
interface ControlContract extends QueueScenario {
    private OperatorControl operator() {
        return queue().operator();
    }

    private static Optional<Hold> hold(Hold.Kind kind, String reason) {
        return Optional.of(new Hold(kind, reason));
    }

    @Test
    default void holdIsReadByEveryProcessUntilItEnds() {
        assertThat(operator().state()).isEqualTo(ControlState.NONE);
        assertThat(operator().pause("deploy at noon", "ann")).isEmpty();
        assertThat(operator().state().hold()).isEqualTo(hold(Hold.Kind.PAUSED, "deploy at noon"));
        assertThat(operator().drain("deploy at one", "bob")).isEqualTo(hold(Hold.Kind.PAUSED, "deploy at noon"));
        assertThat(operator().state().hold()).isEqualTo(hold(Hold.Kind.DRAINING, "deploy at one"));
        assertThat(operator().resume("bob")).isEqualTo(hold(Hold.Kind.DRAINING, "deploy at one"));
        assertThat(operator().state().hold()).isEmpty();
    }

    @Test
    default void changesAreRecordedWithTheirAuthorsNewestFirst() {
        operator().pause("deploy", "ann");
        operator().resume("bob");
        operator().set("BATCH_SIZE", "500", "cy");
        assertThat(operator().changes(10))
                .extracting(
                        OperatorControl.Change::revision,
                        OperatorControl.Change::author,
                        OperatorControl.Change::name,
                        OperatorControl.Change::before,
                        OperatorControl.Change::after)
                .containsExactly(
                        tuple(3L, "cy", "BATCH_SIZE", "", "500"),
                        tuple(2L, "bob", "hold", "paused: deploy", ""),
                        tuple(1L, "ann", "hold", "", "paused: deploy"));
        assertThat(operator().changes(1)).hasSize(1);
    }

    @Test
    default void actionsAreRecordedAndSetNothing() {
        operator().record("requeue", "failed records with NOT_FOUND", "ann");
        operator().record("requeue", "all failed records", "bob");
        operator().set("BATCH_SIZE", "500", "cy");
        assertThat(operator().changes(10))
                .extracting(
                        OperatorControl.Change::author,
                        OperatorControl.Change::name,
                        OperatorControl.Change::before,
                        OperatorControl.Change::after)
                .containsExactly(
                        tuple("cy", "BATCH_SIZE", "", "500"),
                        tuple("bob", "requeue", "", "all failed records"),
                        tuple("ann", "requeue", "", "failed records with NOT_FOUND"));
        assertThat(operator().state()).isEqualTo(new ControlState(Optional.empty(), Map.of("BATCH_SIZE", "500"), 3));
        assertThatThrownBy(() -> operator().record("hold", "x", "ann")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> operator().record("requeue", " ", "ann")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void changeWithoutEffectIsNotRecorded() {
        assertThat(operator().resume("ann")).isEmpty();
        assertThat(operator().unset("BATCH_SIZE", "ann")).isEmpty();
        operator().stopped("ann");
        assertThat(operator().changes(10)).isEmpty();
        assertThat(operator().state()).isEqualTo(ControlState.NONE);
    }

    @Test
    default void blankReasonOrValueIsRejectedAndChangesNothing() {
        operator().pause("deploy", "ann");
        operator().set("BATCH_SIZE", "500", "ann");
        ControlState before = operator().state();
        assertThatThrownBy(() -> operator().pause(" ", "ann")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> operator().set("BATCH_SIZE", "", "ann")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> operator().set("hold", "x", "ann")).isInstanceOf(IllegalArgumentException.class);
        assertThat(operator().state()).isEqualTo(before);
    }

    @Test
    default void stopIsNotReplacedByAPauseAndStaysUntilSomebodyResumes() {
        operator().drain("deploy", "ann");
        assertThat(operator().stop("too many failures", "limit")).isEqualTo(hold(Hold.Kind.DRAINING, "deploy"));
        assertThat(operator().pause("lunch", "bob")).isEqualTo(hold(Hold.Kind.STOPPING, "too many failures"));
        assertThat(operator().drain("lunch", "bob")).isEqualTo(hold(Hold.Kind.STOPPING, "too many failures"));
        assertThat(operator().stop("lunch", "bob")).isEqualTo(hold(Hold.Kind.STOPPING, "too many failures"));
        operator().stopped("producer");
        assertThat(operator().state().hold()).isEqualTo(hold(Hold.Kind.STOPPED, "too many failures"));
        assertThat(operator().stop("lunch", "bob")).isEqualTo(hold(Hold.Kind.STOPPED, "too many failures"));
        assertThat(operator().pause("lunch", "bob")).isEqualTo(hold(Hold.Kind.STOPPED, "too many failures"));
        operator().resume("bob");
        assertThat(operator().state().hold()).isEmpty();
    }

    @Test
    default void settingIsLiveUntilItIsUnset() {
        assertThat(operator().set("BATCH_SIZE", "500", "ann")).isEmpty();
        assertThat(operator().set("BATCH_SIZE", "400", "ann")).contains("500");
        assertThat(operator().set("RUN_WINDOW_TZ", "Europe/Berlin", "ann")).isEmpty();
        assertThat(operator().state().settings())
                .isEqualTo(Map.of("BATCH_SIZE", "400", "RUN_WINDOW_TZ", "Europe/Berlin"));
        assertThat(operator().unset("BATCH_SIZE", "ann")).contains("400");
        assertThat(operator().state().settings()).isEqualTo(Map.of("RUN_WINDOW_TZ", "Europe/Berlin"));
        assertThat(operator().state().revision()).isEqualTo(4);
    }

    @Test
    default void lostStateIsRestoredOnceAndItsRevisionsContinue() {
        operator().pause("deploy", "ann");
        operator().set("BATCH_SIZE", "400", "ann");
        ControlState saved = operator().state();
        List<OperatorControl.Change> changes = operator().changes(10);

        queue().wipe();
        assertThat(operator().state()).isEqualTo(ControlState.NONE);
        assertThat(operator().restore(saved, changes)).isTrue();
        assertThat(operator().state()).isEqualTo(saved);
        assertThat(operator().changes(10)).isEqualTo(changes);

        operator().resume("bob");
        assertThat(operator().restore(saved, changes)).isFalse();
        assertThat(operator().state().hold()).isEmpty();
        assertThat(operator().state().revision()).isEqualTo(3);
        assertThat(operator().changes(10)).hasSize(3);
    }

    @Test
    default void reportsOfConsumersAreReadAsTheyWereWritten() {
        ConsumerReport report = new ConsumerReport(
                ConsumerReport.Activity.STUCK,
                "bucket 'a b' is missing @ 12",
                new ConsumerReport.Copies(5, 1),
                new ConsumerReport.Load(2, 3, 4, 64),
                Optional.of(new ConsumerReport.Latency(Duration.ofMillis(12), Duration.ofMillis(340))));
        ConsumerReport idle = ConsumerReport.of(ConsumerReport.Activity.IDLE, "");
        queue().control().report("c1", ConsumerReport.of(ConsumerReport.Activity.COPYING, ""));
        queue().control().report("c1", report);
        queue().control().report("c2", idle);
        assertThat(queue().control().reports()).containsOnly(entry("c1", report), entry("c2", idle));
    }

    @Test
    default void textOfAnotherReleaseIsAReportToo() {
        assertThat(ConsumerReport.decode("running, copied 3"))
                .isEqualTo(ConsumerReport.of(ConsumerReport.Activity.UNKNOWN, "running, copied 3"));
        assertThat(ConsumerReport.decode("{\"activity\":\"IDLE\"}").activity())
                .isEqualTo(ConsumerReport.Activity.UNKNOWN);
        assertThat(ConsumerReport.decode("null").activity()).isEqualTo(ConsumerReport.Activity.UNKNOWN);
    }

    @Test
    default void latestSnapshotIsReadWithItsAge() {
        assertThat(queue().progress().latest()).isEmpty();
        queue().progress().publish("first");
        queue().progress().publish("{\"at\": \"now\"}\n");
        ProgressBoard.Published latest = queue().progress().latest().orElseThrow();
        assertThat(latest.snapshot()).isEqualTo("{\"at\": \"now\"}\n");
        assertThat(latest.age()).isBetween(Duration.ZERO, Duration.ofSeconds(30));
    }

    @Test
    default void historyIsBounded() {
        ProgressBoard board = queue().progress();
        assertThat(board.history(ProgressBoard.Series.HOUR)).isEmpty();
        for (int i = 0; i < ProgressBoard.Series.HOUR.kept() + 2; i++) {
            board.record(ProgressBoard.Series.HOUR, new ProgressBoard.Sample(Instant.ofEpochSecond(i), 1, i, 0));
        }
        assertThat(board.history(ProgressBoard.Series.HOUR))
                .hasSize(ProgressBoard.Series.HOUR.kept())
                .startsWith(new ProgressBoard.Sample(Instant.ofEpochSecond(2), 1, 2, 0));
        assertThat(board.history(ProgressBoard.Series.WEEK)).isEmpty();
    }
}
