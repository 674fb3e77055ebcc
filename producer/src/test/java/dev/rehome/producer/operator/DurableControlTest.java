package dev.rehome.producer.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.ContractProxy;
import dev.rehome.common.TestClock;
import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.ControlLedger;
import dev.rehome.common.catalog.MemoryDatabase;
import dev.rehome.common.queue.ControlState;
import dev.rehome.common.queue.Hold;
import dev.rehome.common.queue.MemoryOperatorControl;
import dev.rehome.common.queue.OperatorControl;
import dev.rehome.common.queue.OperatorControl.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DurableControlTest {
    private static final Optional<Hold> PAUSED = Optional.of(new Hold(Hold.Kind.PAUSED, "deploy"));

    private final TestClock time = new TestClock();
    private final MemoryOperatorControl queue = new MemoryOperatorControl(time);
    private final ControlLedger memory = new MemoryDatabase(new TargetKeyRule("old", "new", KeyLayout.PREFIX), 10, time)
            .open()
            .control();
    private boolean databaseIsDown;
    private int lossesLeft = 1;
    private final ControlLedger ledger = new ControlLedger() {
        @Override
        public void save(List<Change> changes) {
            reachable().save(changes);
        }

        @Override
        public ControlState state() {
            return reachable().state();
        }

        @Override
        public List<Change> changes(int limit) {
            return reachable().changes(limit);
        }

        private ControlLedger reachable() {
            if (databaseIsDown) {
                throw new Unavailable("the database is down");
            }
            return memory;
        }
    };
    private final DurableControl control = new DurableControl(queue, ledger);

    @Test
    void pauseSurvivesAQueueThatLosesItsData() {
        control.pause("deploy", "ann");
        control.set("BATCH_SIZE", "400", "ann");
        List<Change> changes = control.changes(10);
        queue.wipe();
        assertThat(control.state()).isEqualTo(new ControlState(PAUSED, Map.of("BATCH_SIZE", "400"), 2));
        assertThat(queue.changes(10)).isEqualTo(changes);
    }

    @Test
    void producerThatStartsWithAnEmptyQueueIsStillPaused() {
        control.pause("deploy", "ann");
        queue.wipe();
        assertThat(new DurableControl(queue, ledger).state().hold()).isEqualTo(PAUSED);
    }

    @Test
    void changeOfAnotherProcessIsSavedWhenItIsRead() {
        control.state();
        queue.pause("deploy", "somebody with redis-cli");
        control.state();
        queue.wipe();
        assertThat(control.state().hold()).isEqualTo(PAUSED);
    }

    @Test
    void commandOnAnEmptyQueueRestoresBeforeItChanges() {
        control.pause("deploy", "ann");
        control.set("BATCH_SIZE", "400", "ann");
        queue.wipe();
        assertThat(new DurableControl(queue, ledger).resume("bob")).isEqualTo(PAUSED);
        assertThat(control.state()).isEqualTo(new ControlState(Optional.empty(), Map.of("BATCH_SIZE", "400"), 3));
    }

    @Test
    void queueRestoredFromAnOldBackupDoesNotEndAPause() {
        control.set("BATCH_SIZE", "400", "ann");
        ControlState old = queue.state();
        List<Change> oldChanges = queue.changes(10);
        control.pause("deploy", "ann");
        queue.wipe();
        queue.restore(old, oldChanges);
        assertThat(control.state().hold()).isEqualTo(PAUSED);
    }

    /** Redis may lose its last second in a crash: then it has the revision that this process has seen. */
    @Test
    void pauseOfACommandSurvivesAQueueThatLosesItBeforeTheProducerReadsIt() {
        control.set("BATCH_SIZE", "400", "ann");
        ControlState old = queue.state();
        List<Change> oldChanges = queue.changes(10);
        new DurableControl(queue, ledger).pause("deploy", "bob");
        queue.wipe();
        queue.restore(old, oldChanges);
        assertThat(control.state().hold()).isEqualTo(PAUSED);
    }

    @Test
    void firstPauseEverSurvivesAQueueThatLosesItBeforeTheProducerReadsIt() {
        control.state();
        new DurableControl(queue, ledger).pause("deploy", "bob");
        queue.wipe();
        assertThat(control.state().hold()).isEqualTo(PAUSED);
    }

    @Test
    void changeIsMadeAgainWhenTheQueueLosesItsDataMeanwhile() {
        control.set("BATCH_SIZE", "300", "ann");
        control.set("BATCH_SIZE", "400", "ann");
        OperatorControl losing = ContractProxy.of(OperatorControl.class, queue, (method, call) -> {
            if (method.getName().equals("pause") && lossesLeft-- > 0) {
                queue.wipe();
            }
            return call.call();
        });
        assertThat(new DurableControl(losing, ledger).pause("deploy", "bob")).isEmpty();
        assertThat(control.state()).isEqualTo(new ControlState(PAUSED, Map.of("BATCH_SIZE", "400"), 3));
    }

    @Test
    void queueIsReadWithoutTheDatabaseAsLongAsItHasWhatIsKnown() {
        control.pause("deploy", "ann");
        databaseIsDown = true;
        assertThat(control.state().hold()).isEqualTo(PAUSED);
        queue.resume("bob");
        assertThat(control.state().hold()).isEmpty();
    }

    @Test
    void pauseIsPossibleWithoutTheDatabaseAndSavedOnceItIsBack() {
        databaseIsDown = true;
        control.pause("deploy", "ann");
        assertThat(queue.state().hold()).isEqualTo(PAUSED);
        databaseIsDown = false;
        control.state();
        queue.wipe();
        assertThat(control.state().hold()).isEqualTo(PAUSED);
    }

    @Test
    void nothingIsDecidedByAnEmptyQueueWhileTheLedgerCannotBeRead() {
        control.pause("deploy", "ann");
        queue.wipe();
        databaseIsDown = true;
        assertThatThrownBy(control::state).isInstanceOf(Unavailable.class);
        databaseIsDown = false;
        assertThat(control.state().hold()).isEqualTo(PAUSED);
    }

    @Test
    void resumeIsDurableToo() {
        control.pause("deploy", "ann");
        control.resume("ann");
        queue.wipe();
        assertThat(new DurableControl(queue, ledger).state().hold()).isEmpty();
    }
}
