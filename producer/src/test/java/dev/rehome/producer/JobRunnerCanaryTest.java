package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.catalog.MemoryCatalog;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.queue.Hold;
import dev.rehome.common.queue.OperatorControl;
import dev.rehome.common.scaling.ServiceState;
import dev.rehome.producer.operator.DurableControl;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A run that moves a few records first. */
class JobRunnerCanaryTest extends JobRunnerFixture {
    @Test
    void canaryMovesItsRecordsAndTheNextStartContinuesTheRun() {
        migration.withRows(9);
        canary = OptionalInt.of(3);

        assertThat(run()).isEqualTo(ExitCode.COMPLETE);

        assertThat(migration.locations())
                .containsExactly("new/1", "new/2", "new/3", "old/4", "old/5", "old/6", "old/7", "old/8", "old/9");
        assertThat(latest().completed()).isEmpty();
        assertThat(reports).isEmpty();

        canary = OptionalInt.empty();
        assertThat(run()).isEqualTo(ExitCode.COMPLETE);

        assertThat(migration.locations()).allMatch(location -> location.startsWith("new/"));
        assertThat(latest().number()).isEqualTo(1);
    }

    @Test
    void canaryOfTheSameSizeMovesNothingMore() {
        migration.withRows(5);
        canary = OptionalInt.of(3);
        run();
        List<String> moved = migration.locations();

        assertThat(run()).isEqualTo(ExitCode.COMPLETE);

        assertThat(migration.locations()).isEqualTo(moved);
    }

    @Test
    void canaryLargerThanTheTableCompletesTheRunAndScalesNothing() {
        scaling();
        migration.withRows(2);
        canary = OptionalInt.of(3);

        assertThat(run()).isEqualTo(ExitCode.COMPLETE);

        assertThat(latest().completed()).isPresent();
        assertThat(scaled).isEmpty();
        assertThat(reports).singleElement().asString().startsWith("Run 1 is complete");
    }

    @Test
    void canaryIsRefusedWhileAnotherProducerHoldsTheLock() {
        migration.withRows(2);
        canary = OptionalInt.of(1);
        try (MemoryCatalog other = migration.database.open()) {
            assertThat(other.lock().acquire(Duration.ZERO)).isTrue();

            assertThat(run()).isEqualTo(ExitCode.REFUSED);
        }
        assertThat(migration.locations()).containsExactly("old/1", "old/2");
    }

    /** On ECS, consumers wait until a producer that was aborted has scaled them down. */
    @Test
    void canaryThatIsAbortedScalesBothServicesToZero() {
        scaling();
        producers = new ServiceState(0, 0, 1);
        migration.withRows(5);
        canary = OptionalInt.of(3);
        OperatorControl control = new DurableControl(migration.queue.operator(), migration.catalog.control());
        control.stop("wrong bucket", "ann");

        assertThat(run()).isEqualTo(ExitCode.FAILED);

        assertThat(scaled).containsExactly("consumers before completion", "producers before completion");
        assertThat(control.state().hold().map(Hold::kind)).contains(Hold.Kind.STOPPED);
    }
}
