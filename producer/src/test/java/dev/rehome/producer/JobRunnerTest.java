package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.MemoryCatalog;
import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.process.ShutdownSignal;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The phases of a run, its report and its exit code. */
class JobRunnerTest extends JobRunnerFixture {
    @Test
    void completeRunIsReportedAndRecorded() {
        migration.withRows(5);

        assertThat(run()).isEqualTo(ExitCode.COMPLETE);

        assertThat(migration.locations()).containsExactly("new/1", "new/2", "new/3", "new/4", "new/5");
        assertThat(latest().completed()).isPresent();
        assertThat(reports)
                .singleElement()
                .asString()
                .startsWith("Run 1 is complete")
                .containsPattern("migrated +5");
        assertThat(scaled).isEmpty();
    }

    @Test
    void failedRecordsHaveAnExitCodeOfTheirOwn() {
        migration.withRows(5);
        consumer = migration::fail;

        assertThat(run()).isEqualTo(ExitCode.COMPLETE_WITH_FAILURES);

        assertThat(reports).singleElement().asString().contains("NOT_FOUND: 5");
        assertThat(latest().completed()).isPresent();
    }

    @Test
    void unavailableDatabaseFailsTheStartAfterTheStartupWait() {
        ProducerCatalog away = intercepting((method, call) -> {
            throw new Unavailable("No connection");
        });

        assertThat(run(away)).isEqualTo(ExitCode.FAILED);
        assertThat(migration.catalog.runs().latest()).isEmpty();
    }

    @Test
    void stoppedRunIsResumedByTheNextStart() {
        migration.withRows(8);
        consumer = claim -> {
            migration.copy(claim);
            signal.request();
        };
        assertThat(run()).isEqualTo(ExitCode.FAILED);
        assertThat(latest().completed()).isEmpty();
        assertThat(reports).isEmpty();

        consumer = migration::copy;
        assertThat(run(migration.database.open(), new ShutdownSignal())).isEqualTo(ExitCode.COMPLETE);

        assertThat(latest().number()).isEqualTo(1);
        assertThat(migration.locations()).allMatch(location -> location.startsWith("new/"));
    }

    @Test
    void runCompletedByAnotherProducerMeanwhileIsReportedAgain() {
        migration.withRows(2);
        boolean[] completed = {false};
        ProducerCatalog overtaken = intercepting((method, call) -> {
            if (method.equals("acquire") && !completed[0]) {
                completed[0] = true;
                MemoryCatalog another = migration.database.open();
                another.lock().acquire(Duration.ZERO);
                another.runs().startOrResume(Optional.empty());
                migration.put(1, "new/1");
                migration.put(2, "new/2");
                another.runs().complete(1, "{}");
                another.close();
            }
            return call.call();
        });

        assertThat(run(overtaken)).isEqualTo(ExitCode.COMPLETE);

        assertThat(latest().number()).isEqualTo(1);
        assertThat(reports).singleElement().asString().startsWith("Run 1 is complete");
    }
}
