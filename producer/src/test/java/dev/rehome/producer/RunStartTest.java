package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.RunId;
import dev.rehome.common.catalog.RunLedger.Run;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RunStartTest {
    private static final Optional<String> NO_MANIFEST = Optional.empty();

    @Test
    void firstRunIsNew() {
        RunStart start = RunStart.of(run(1, false), Optional.empty());
        assertThat(start.isResumed()).isFalse();
        assertThat(start).hasToString("Run 1 started");
    }

    @Test
    void runAfterACompleteOneIsNew() {
        assertThat(RunStart.of(run(2, false), Optional.of(run(1, true))).isResumed())
                .isFalse();
    }

    @Test
    void incompleteRunIsResumed() {
        RunStart start = RunStart.of(run(1, false), Optional.of(run(1, false)));
        assertThat(start.isResumed()).isTrue();
        assertThat(start).hasToString("Run 1 resumed");
    }

    @Test
    void runCompletedWhileWaitingForTheLockIsNotStartedAgain() {
        Optional<Run> complete = Optional.of(run(1, true));
        Optional<RunStart> start = RunStart.completedByAnother(Optional.of(run(1, false)), complete, NO_MANIFEST);
        assertThat(start).isPresent();
        assertThat(start.get().isResumed())
                .as("its scan starts from the beginning")
                .isFalse();
    }

    @Test
    void runThatWasCompleteBeforeIsFollowedByANewOne() {
        Optional<Run> complete = Optional.of(run(1, true));
        assertThat(RunStart.completedByAnother(complete, complete, NO_MANIFEST)).isEmpty();
    }

    @Test
    void runCompletedWithAnotherManifestIsFollowedByANewOne() {
        Optional<Run> complete = Optional.of(run(1, true));
        assertThat(RunStart.completedByAnother(Optional.empty(), complete, Optional.of("m")))
                .isEmpty();
    }

    private static Run run(int number, boolean complete) {
        Instant start = Instant.EPOCH;
        return new Run(
                new RunId(number, new UUID(0, number)),
                start,
                complete ? Optional.of(start.plusSeconds(1)) : Optional.empty(),
                NO_MANIFEST);
    }
}
