package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.Rejected;
import dev.rehome.common.catalog.Inspection;
import dev.rehome.common.catalog.PreflightFinding;
import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.scaling.ServiceState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a run scales both services to zero, and when it leaves them alone. */
class JobRunnerScalingTest extends JobRunnerFixture {
    @Test
    void refusedPreflightChangesNothing() {
        migration.withRows(2);
        scaling();

        assertThat(run(refusing())).isEqualTo(ExitCode.REFUSED);

        assertThat(migration.catalog.runs().latest()).isEmpty();
        assertThat(migration.locations()).containsExactly("old/1", "old/2");
        assertThat(scaled).as("ECS would restart the producer over and over").hasSize(2);
    }

    /** ECS counts the failed tasks of a deployment, and returns to the revision before it. */
    @Test
    void refusalDuringADeploymentLeavesTheServicesToEcs() {
        scaling();
        producers = new ServiceState(1, 1, 2);

        assertThat(run(refusing())).isEqualTo(ExitCode.REFUSED);

        assertThat(scaled).isEmpty();
    }

    @Test
    void completeRunIsScaledToZeroAfterItWasRecorded() {
        migration.withRows(2);
        scaling();

        assertThat(run()).isEqualTo(ExitCode.COMPLETE);

        assertThat(scaled).containsExactly("consumers after completion", "producers after completion");
        assertThat(migration.catalog.scaleDown().isDue()).isFalse();
    }

    @Test
    void startAfterACompletedRunWhoseScalingIsDueOnlyScales() {
        migration.withRows(2);
        migration.catalog.lock().acquire(Duration.ZERO);
        migration.catalog.runs().startOrResume(Optional.empty());
        migration.catalog.scaleDown().due(1);
        migration.catalog.runs().complete(1, "{}");
        scaling();

        assertThat(run()).isEqualTo(ExitCode.COMPLETE);

        assertThat(latest().number()).isEqualTo(1);
        assertThat(scaled).hasSize(2);
        assertThat(migration.locations()).containsExactly("old/1", "old/2");
    }

    @Test
    void runWithoutProgressEndsWithAReportAndIsScaledToZero() {
        migration.withRows(2);
        scaling();
        consumer = migration::completeWithoutOutcomes;

        assertThat(run()).isEqualTo(ExitCode.FAILED);

        assertThat(reports)
                .singleElement()
                .asString()
                .startsWith("Run 1 is INCOMPLETE")
                .contains("found 2 records");
        assertThat(latest().completed()).isEmpty();
        assertThat(scaled).containsExactly("consumers before completion", "producers before completion");
    }

    @Test
    void permanentRejectionHaltsTheRunAndIsScaledToZero() {
        migration.withRows(2);
        scaling();

        assertThat(run(failingToApply(new Rejected("UPDATE command denied to user 'app'"))))
                .isEqualTo(ExitCode.FAILED);

        assertThat(latest().completed()).isEmpty();
        assertThat(scaled).hasSize(2);
    }

    @Test
    void unexpectedErrorEndsTheProcessAndLeavesTheServicesRunning() {
        migration.withRows(2);
        scaling();

        assertThat(run(failingToApply(new IllegalStateException("a bug")))).isEqualTo(ExitCode.FAILED);

        assertThat(latest().completed()).isEmpty();
        assertThat(scaled).isEmpty();
    }

    private ProducerCatalog refusing() {
        return intercepting((method, call) -> method.equals("inspect")
                ? new Inspection(Optional.empty(), List.of(PreflightFinding.refused("The column is too short.")))
                : call.call());
    }

    private ProducerCatalog failingToApply(RuntimeException failure) {
        return intercepting((method, call) -> {
            if (method.equals("apply")) {
                throw failure;
            }
            return call.call();
        });
    }
}
