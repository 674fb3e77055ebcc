package dev.rehome.producer.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.MemoryCatalog;
import dev.rehome.common.catalog.MemoryDatabase;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.process.Backoff;
import dev.rehome.common.process.Retries;
import dev.rehome.common.queue.MemoryOperatorControl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunEventsTest {
    private static final String COMPLETE = "the run is complete";

    private final TestClock clock = new TestClock();
    private final MemoryOperatorControl control = new MemoryOperatorControl(clock);
    private final MemoryCatalog catalog =
            new MemoryDatabase(new TargetKeyRule("old", "new", KeyLayout.PREFIX), 10, clock).open();
    private final List<RunEvent> received = new ArrayList<>();
    private int failures;
    private boolean losesResponses;
    private Run run;

    RunEventsTest() {
        catalog.lock().acquire(Duration.ZERO);
        run = catalog.runs().startOrResume(Optional.empty());
    }

    /** The events of another start of a producer, or of another producer. */
    private RunEvents start() {
        Retries lastTries = new Retries(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1)), clock, pause -> {
            clock.advance(pause);
            return false;
        });
        return new RunEvents(run, control, catalog.events(), this::receive, clock, lastTries);
    }

    private void receive(RunEvent event) {
        if (failures-- > 0) {
            throw new Unavailable("no route to the receiver");
        }
        received.add(event);
        if (losesResponses) {
            throw new Unavailable("no response");
        }
    }

    private static void steps(RunEvents events) {
        for (int i = 0; i < 5; i++) {
            Duration unused = events.run();
        }
    }

    private List<String> names() {
        return received.stream().map(RunEvent::name).toList();
    }

    @Test
    void startAndHoldsAreSentOnceEach() {
        RunEvents events = start();
        steps(events);
        control.pause("deploy", "ann");
        control.set("BATCH_SIZE", "5", "ann");
        control.resume("bob");
        steps(events);
        assertThat(names()).containsExactly("started", "paused", "resumed");
        assertThat(received.get(1).detail()).isEqualTo("deploy (by ann)");
        assertThat(received.get(2).detail()).isEqualTo("it was paused: deploy (by bob)");
    }

    @Test
    void restartedOrOtherLeaderSendsOnlyWhatIsNew() {
        steps(start());
        control.pause("deploy", "ann");
        steps(start());
        control.drain("deploy", "ann");
        steps(start());
        assertThat(names()).containsExactly("started", "paused", "draining");
    }

    @Test
    void holdFromBeforeTheRunIsNamedByTheStart() {
        control.pause("deploy", "ann");
        steps(start());
        assertThat(received)
                .singleElement()
                .extracting(RunEvent::detail)
                .isEqualTo("run 1 has started; it is paused: deploy");
    }

    @Test
    void holdThatNoProducerSawIsSentByTheNext() {
        steps(start());
        control.pause("deploy", "ann");
        control.resume("ann");
        steps(start());
        assertThat(names()).containsExactly("started", "paused", "resumed");
    }

    @Test
    void eventWhoseResponseIsLostIsSentAgainWithTheSameId() {
        losesResponses = true;
        Duration unused = start().run();
        losesResponses = false;
        steps(start());
        assertThat(names()).containsExactly("started", "started");
        assertThat(received.get(1).id()).isEqualTo(received.get(0).id());
    }

    @Test
    void idsDiffer() {
        RunEvents events = start();
        steps(events);
        control.pause("deploy", "ann");
        control.resume("ann");
        control.pause("deploy", "ann");
        events.end(false, "p1", "incomplete");
        events.end(false, "p2", "incomplete");
        events.end(true, "p2", COMPLETE);
        assertThat(received).extracting(RunEvent::id).hasSize(7).doesNotHaveDuplicates();
    }

    @Test
    void unavailableReceiverGetsEveryEventInOrderOnceItIsBack() {
        RunEvents events = start();
        failures = 3;
        assertThat(events.run()).isEqualTo(Duration.ofSeconds(1));
        control.pause("deploy", "ann");
        assertThat(events.run()).isEqualTo(Duration.ofSeconds(2));
        assertThat(events.run()).isEqualTo(Duration.ofSeconds(4));
        steps(events);
        assertThat(names()).containsExactly("started", "paused");
    }

    @Test
    void endOfACompleteRunIsSentOnce() {
        RunEvents events = start();
        control.stop("too late", "ann");
        control.stopped("producer");
        control.resume("producer");
        events.end(true, "p1", COMPLETE);
        start().end(true, "p2", COMPLETE);
        assertThat(names()).containsExactly("started", "ended");
    }

    @Test
    void stopIsSentAndThatItIsCarriedOutIsNot() {
        RunEvents events = start();
        steps(events);
        control.stop("wrong bucket", "ann");
        control.stopped("producer");
        events.end(false, "p1", "stopped");
        control.resume("start of p2");
        steps(start());
        assertThat(names()).containsExactly("started", "stopping", "ended", "resumed");
    }

    @Test
    void endWaitsForTheReceiverOnlyForSecondsAndTheNextStartSendsIt() {
        RunEvents events = start();
        steps(events);
        failures = Integer.MAX_VALUE;
        Duration before = clock.now();
        events.end(true, "p1", COMPLETE);
        assertThat(clock.now().minus(before)).isLessThanOrEqualTo(RunEvents.LAST_WAIT.plusSeconds(1));
        failures = 0;
        catalog.runs().complete(1, "{}");
        run = catalog.runs().latest().orElseThrow();

        start().endIfMissing("p2");
        start().endIfMissing("p3");

        assertThat(names()).containsExactly("started", "ended");
        assertThat(received.get(1).id()).isEqualTo(run.id() + "/ended");
    }

    @Test
    void endOfARunThatTheReceiverDoesNotKnowIsNotSentLater() {
        catalog.runs().complete(1, "{}");
        run = catalog.runs().latest().orElseThrow();
        start().endIfMissing("p2");
        assertThat(received).isEmpty();
    }
}
