package dev.rehome.common.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.queue.ControlState;
import dev.rehome.common.queue.Hold;
import dev.rehome.common.queue.OperatorControl;
import dev.rehome.common.queue.OperatorControl.Change;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract of the ledger with those who keep the operator's changes in it. */
interface ControlLedgerContract {
    /** Opens a catalog whose ledger is prepared. */
    CatalogUnderTest catalog();

    private ControlLedger control() {
        return catalog().catalog().control();
    }

    private static Change change(long revision, String name, String before, String after) {
        Instant at = Instant.parse("2026-05-01T12:00:00.123Z").plusSeconds(revision);
        return new Change(revision, at, "Žofie ✎", name, before, after);
    }

    @Test
    default void changesAddUpToTheState() {
        assertThat(control().state()).isEqualTo(ControlState.NONE);
        assertThat(control().changes(10)).isEmpty();
        Change set = change(1, "BATCH_SIZE", "", "500");
        Change pause = change(2, OperatorControl.HOLD, "", "paused: naïve ✓");
        Change again = change(3, "BATCH_SIZE", "500", "400");
        control().save(List.of(again, pause, set));
        assertThat(control().state())
                .isEqualTo(new ControlState(
                        Optional.of(new Hold(Hold.Kind.PAUSED, "naïve ✓")), Map.of("BATCH_SIZE", "400"), 3));
        assertThat(control().changes(10)).containsExactly(again, pause, set);
        assertThat(control().changes(1)).containsExactly(again);
    }

    @Test
    default void valuesThatAreUnsetAreNoLongerPartOfTheState() {
        control().save(List.of(change(1, "BATCH_SIZE", "", "500"), change(2, OperatorControl.HOLD, "", "paused: x")));
        control().save(List.of(change(3, OperatorControl.HOLD, "paused: x", ""), change(4, "BATCH_SIZE", "500", "")));
        assertThat(control().state()).isEqualTo(new ControlState(Optional.empty(), Map.of(), 4));
    }

    @Test
    default void actionsAreKeptAndAreNoPartOfTheState() {
        Change action = change(2, "requeue", "", "all failed records");
        control().save(List.of(change(1, "BATCH_SIZE", "", "500"), action));
        assertThat(control().state()).isEqualTo(new ControlState(Optional.empty(), Map.of("BATCH_SIZE", "500"), 2));
        assertThat(control().changes(1)).containsExactly(action);
    }

    @Test
    default void savingAgainChangesNothing() {
        Change first = change(1, "BATCH_SIZE", "", "500");
        control().save(List.of(first));
        control().save(List.of(change(1, "BATCH_SIZE", "", "900"), change(2, "BATCH_SIZE", "500", "600")));
        assertThat(control().changes(10)).containsExactly(change(2, "BATCH_SIZE", "500", "600"), first);
    }
}
