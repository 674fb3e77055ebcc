package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.process.ShutdownSignal;
import dev.rehome.common.queue.Hold;
import dev.rehome.common.queue.OperatorControl;
import dev.rehome.producer.operator.DurableControl;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a stop that operators request does to this start of the producer and to the next. */
class JobRunnerSteeringTest extends JobRunnerFixture {
    private final OperatorControl control = new DurableControl(migration.queue.operator(), migration.catalog.control());

    private Optional<Hold.Kind> held() {
        return control.state().hold().map(Hold::kind);
    }

    @Test
    void stopIsCarriedOutByOneStartAndTheNextContinuesTheRun() {
        migration.withRows(3);
        control.stop("wrong bucket", "ann");

        assertThat(run()).isEqualTo(ExitCode.FAILED);
        assertThat(held()).contains(Hold.Kind.STOPPED);
        assertThat(migration.locations()).containsExactly("old/1", "old/2", "old/3");

        assertThat(run(migration.database.open(), new ShutdownSignal())).isEqualTo(ExitCode.COMPLETE);
        assertThat(held()).isEmpty();
        assertThat(latest().number()).isEqualTo(1);
    }

    @Test
    void stopOutlivesTheQueueAtEveryPoint() {
        migration.withRows(3);
        control.stop("wrong bucket", "ann");
        migration.queue.wipe();

        assertThat(run()).isEqualTo(ExitCode.FAILED);
        migration.queue.wipe();
        assertThat(held()).contains(Hold.Kind.STOPPED);
        migration.queue.wipe();

        assertThat(run(migration.database.open(), new ShutdownSignal())).isEqualTo(ExitCode.COMPLETE);
        migration.queue.wipe();
        assertThat(held()).isEmpty();
    }

    /** Two producers run, and one waits for the lock: an abort ends both. */
    @Test
    void standbyDoesNotContinueARunThatWasStoppedWhileItWaited() {
        migration.withRows(3);
        boolean[] aborted = {false};
        ProducerCatalog standby = intercepting((method, call) -> {
            if (method.equals("acquire") && !aborted[0]) {
                aborted[0] = true;
                control.stop("wrong bucket", "ann");
                control.stopped("the leader");
            }
            return call.call();
        });

        assertThat(run(standby)).isEqualTo(ExitCode.FAILED);

        assertThat(held()).contains(Hold.Kind.STOPPED);
        assertThat(migration.locations()).containsExactly("old/1", "old/2", "old/3");
        assertThat(run(migration.database.open(), new ShutdownSignal())).isEqualTo(ExitCode.COMPLETE);
    }

    @Test
    void stopThatComesTooLateDoesNotStopTheNextRun() {
        migration.withRows(3);
        ProducerCatalog late = intercepting((method, call) -> {
            if (method.equals("complete")) {
                control.stop("wrong bucket", "ann");
            }
            return call.call();
        });

        assertThat(run(late)).isEqualTo(ExitCode.COMPLETE);

        assertThat(held()).isEmpty();
        migration.put(4, "old/4");
        assertThat(run(migration.database.open(), new ShutdownSignal())).isEqualTo(ExitCode.COMPLETE);
        assertThat(latest().number()).isEqualTo(2);
    }

    @Test
    void stopOnEcsScalesBothServicesToZero() {
        migration.withRows(3);
        scaling();
        control.stop("wrong bucket", "ann");

        assertThat(run()).isEqualTo(ExitCode.FAILED);

        assertThat(scaled).containsExactly("consumers before completion", "producers before completion");
        assertThat(held()).contains(Hold.Kind.STOPPED);
    }
}
