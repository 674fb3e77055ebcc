package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.process.ExitCode;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.common.store.InMemoryStore;
import dev.rehome.common.store.StoreFault;
import dev.rehome.common.store.StoredObject;
import dev.rehome.producer.canary.CanaryReport;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The records that a canary of three has moved are read back. */
class CanaryReportTest extends JobRunnerFixture {
    private final InMemoryStore store = new InMemoryStore("source", "target");
    private boolean stopped;

    @BeforeEach
    void moveThreeRecords() {
        migration.withRows(5);
        for (int id = 1; id <= 3; id++) {
            object("source", "old/" + id, "content " + id);
            object("target", "new/" + id, "content " + id);
        }
        canary = OptionalInt.of(3);
        run();
    }

    private void object(String bucket, String key, String content) {
        store.put(store.locate(bucket, key), StoredObject.of(content));
    }

    private CanaryReport report() {
        return CanaryReport.of(
                3,
                migration.catalog,
                new Buckets(store, new MigrationSettings("source", "target", MemoryMigration.KEYS, "m")),
                () -> stopped);
    }

    @Test
    void canarySucceedsIfEveryRecordReadsBack() {
        CanaryReport report = report();
        assertThat(report.exitCode()).isEqualTo(ExitCode.COMPLETE);
        assertThat(report.text())
                .startsWith("Canary of 3: 3 records of run 1 are done; the rest of the table is untouched\n")
                .containsPattern("verified +3 ")
                .endsWith("The canary succeeded. `producer run` continues run 1 with the other records.");
    }

    @Test
    void rowChangedByTheApplicationIsNotADifference() {
        migration.put(2, "elsewhere");
        CanaryReport report = report();
        assertThat(report.exitCode()).isEqualTo(ExitCode.COMPLETE);
        assertThat(report.text()).containsPattern("changed +1 ");
    }

    @Test
    void damagedCopyFailsTheCanary() {
        object("target", "new/2", "other content");
        CanaryReport report = report();
        assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(report.text())
                .contains("memory://target/new/2 differs from old/2")
                .endsWith("The canary FAILED: find the cause before anything else is moved.");
    }

    @Test
    void objectsThatCannotBeReadLeaveTheCanaryUnverified() {
        store.setFault(StoreFault.refusing(location -> true));
        CanaryReport report = report();
        assertThat(report.exitCode()).isEqualTo(ExitCode.NOTHING_VERIFIED);
        assertThat(report.text()).containsPattern("unread +3 ").contains("no right");
    }

    @Test
    void stoppedVerificationDecidesNothing() {
        stopped = true;
        CanaryReport report = report();
        assertThat(report.exitCode()).isEqualTo(ExitCode.NOTHING_VERIFIED);
        assertThat(report.text()).endsWith("start it again, which moves nothing twice.");
    }
}
