package dev.rehome.common.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;

/** The contract of a queue with the operator, and with the processes that follow the operator's changes. */
interface ControlContract extends QueueScenario {
    @Test
    default void pauseIsReadByEveryProcessUntilItEnds() {
        assertThat(queue().control().pauseReason()).isEmpty();
        assertThat(queue().operator().pause("deploy at noon", "ann")).isEmpty();
        assertThat(queue().control().pauseReason()).isEqualTo("deploy at noon");
        assertThat(queue().operator().pause("deploy at one", "bob")).isEqualTo("deploy at noon");
        assertThat(queue().operator().resume("bob")).isEqualTo("deploy at one");
        assertThat(queue().control().pauseReason()).isEmpty();
    }

    @Test
    default void changesAreRecordedWithTheirAuthorsNewestFirst() {
        queue().operator().pause("deploy", "ann");
        queue().operator().resume("bob");
        assertThat(queue().operator().changes(10))
                .extracting(
                        OperatorControl.Change::author,
                        OperatorControl.Change::name,
                        OperatorControl.Change::before,
                        OperatorControl.Change::after)
                .containsExactly(tuple("bob", "paused", "deploy", ""), tuple("ann", "paused", "", "deploy"));
        assertThat(queue().operator().changes(1)).hasSize(1);
    }

    @Test
    default void resumingARunThatIsNotPausedRecordsNothing() {
        assertThat(queue().operator().resume("ann")).isEmpty();
        assertThat(queue().operator().changes(10)).isEmpty();
    }

    @Test
    default void blankReasonIsRejectedAndChangesNothing() {
        queue().operator().pause("deploy", "ann");
        assertThatThrownBy(() -> queue().operator().pause(" ", "ann")).isInstanceOf(IllegalArgumentException.class);
        assertThat(queue().control().pauseReason()).isEqualTo("deploy");
    }
}
