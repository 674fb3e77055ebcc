package dev.rehome.producer.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.queue.ConsumerReport;
import dev.rehome.common.queue.ConsumerReport.Activity;
import dev.rehome.common.queue.ConsumerReport.Copies;
import dev.rehome.common.queue.ConsumerReport.Load;
import dev.rehome.common.queue.QueueDepth;
import dev.rehome.producer.progress.RunSnapshot.Kind;
import dev.rehome.producer.progress.RunSnapshot.Reason;
import dev.rehome.producer.throttle.RunWindows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReasonsTest {
    private static final ConsumerReport IDLE = ConsumerReport.of(Activity.IDLE, "");
    private static final ConsumerReport COPYING =
            new ConsumerReport(Activity.COPYING, "", Copies.NONE, new Load(4, 60, 64, 64), Optional.empty());
    private static final ConsumerReport THROTTLED =
            new ConsumerReport(Activity.THROTTLED, "", Copies.NONE, new Load(4, 8, 8, 64), Optional.empty());
    private static final ConsumerReport STUCK = ConsumerReport.of(Activity.STUCK, "bucket missing");

    private static List<String> reasons(QueueDepth batches, Map<String, ConsumerReport> consumers) {
        return Reasons.of(List.of(), batches, consumers, true).stream()
                .map(Reason::text)
                .toList();
    }

    @Test
    void everyReasonThatHoldsTheRunIsShownAndTroubleToo() {
        List<Reason> reasons = Reasons.of(
                List.of("paused: deploy", "replica r lags 12 s"),
                new QueueDepth(1, 0, 0, 1, 2),
                Map.of("c1", STUCK, "c2", IDLE),
                true);
        assertThat(reasons).extracting(Reason::kind).containsExactly(Kind.HOLD, Kind.HOLD, Kind.TROUBLE, Kind.TROUBLE);
        assertThat(reasons.get(2).text()).isEqualTo("1 of 2 consumers is stuck: bucket missing");
    }

    @Test
    void missingConsumersAreAReasonWhileBatchesWait() {
        assertThat(reasons(new QueueDepth(1, 0, 0, 0, 1), Map.of()))
                .containsExactly(
                        "no consumer has reported in the last minute: start one, or find out why none is running");
        assertThat(reasons(new QueueDepth(0, 0, 0, 0, 0), Map.of())).isEmpty();
    }

    @Test
    void missingConsumersAreNotTroubleOutsideTheRunWindows() {
        String closed =
                RunWindows.CLOSED + ", which open next at Fri 2026-01-02 22:00 UTC; no consumer runs until then";
        assertThat(Reasons.of(List.of(closed), new QueueDepth(1, 0, 0, 0, 1), Map.of(), true))
                .containsExactly(new Reason(Kind.HOLD, closed));
    }

    @Test
    void slowestPartIsNamed() {
        assertThat(reasons(new QueueDepth(9, 4, 0, 0, 13), Map.of("c", COPYING)))
                .containsExactly(
                        "the copies are the slowest part: 9 batches wait for the consumer, with 60 copies in flight");
        assertThat(reasons(new QueueDepth(9, 4, 40, 0, 53), Map.of("c", COPYING)))
                .containsExactly(
                        "the bulk updates are slower than the copies: 40 copied batches wait for the database");
        ConsumerReport limited = new ConsumerReport(
                Activity.COPYING,
                "at most 50 copies per second",
                Copies.NONE,
                new Load(4, 1, 64, 64),
                Optional.empty());
        assertThat(reasons(new QueueDepth(9, 4, 0, 0, 13), Map.of("c", limited)))
                .containsExactly("at most 50 copies per second");
        assertThat(reasons(new QueueDepth(0, 0, 0, 0, 0), Map.of("c", IDLE)))
                .containsExactly("the consumers are idle: the scan of the table is the slowest part");
        assertThat(reasons(new QueueDepth(9, 4, 0, 0, 13), Map.of("a", COPYING, "b", THROTTLED)))
                .containsExactly(
                        "the store asks 1 of 2 consumers for fewer requests: 8 copies at a time" + " instead of 64");
    }
}
