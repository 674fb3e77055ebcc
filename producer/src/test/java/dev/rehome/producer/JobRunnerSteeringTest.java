package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.process.ShutdownSignal;
import dev.rehome.common.queue.Hold;
import dev.rehome.common.queue.OperatorControl;
import dev.rehome.producer.operator.DurableControl;
import dev.rehome.producer.throttle.AcceptedFailures;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a stop that operators request does to this start of the producer and to the next. */
class JobRunnerSteeringTest extends JobRunnerFixture {
    /** Those of the catalog that need a connection, among others. */
    private static final Set<String> CALLS =
            Set.of("totals", "state", "save", "apply", "acquire", "latest", "page", "now");

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

    @Test
    void stopWhileTheDatabaseIsAwayDoesNotWaitForIt() {
        migration.withRows(9);
        boolean[] away = {false};
        ProducerCatalog failing = intercepting((method, call) -> {
            if (away[0] && CALLS.contains(method)) {
                migration.clock.advance(Duration.ofSeconds(2));
                throw new Unavailable("No connection");
            }
            if (method.equals("apply")) {
                away[0] = true;
                control.stop("wrong bucket", "ann");
            }
            return call.call();
        });

        assertThat(run(failing)).isEqualTo(ExitCode.FAILED);

        assertThat(held()).contains(Hold.Kind.STOPPED);
        assertThat(control.state().settings().get(AcceptedFailures.NAME)).startsWith("run 1: 0 of ");
    }
}
