package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.producer.report.Tally;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunReportTest {
    private final Tally<String, SourceRecord> failures = new Tally<>(RunReport.LISTED);

    @Test
    void completeRunIsReportedWithItsTotalsAndRate() {
        assertThat(report(new RecordTotals(900, 60, 40, 0))
                        .text()
                        .replaceAll(" +", " ")
                        .lines())
                .containsExactly(
                        "Run 7 is complete after 10.0 s: 100 records/s",
                        " migrated 900",
                        " changed 60 by the application during the run; left alone",
                        " deleted 40 by the application during the run",
                        " failed 0");
    }

    @Test
    void failuresAreListedByCodeWithAdviceAndTheFirstRows() {
        fail("NOT_FOUND", 2);

        assertThat(report(RecordTotals.NONE).text())
                .containsPattern("failed +2  their rows keep the legacy key")
                .contains("    NOT_FOUND: 2; ")
                .endsWith("      row 1: old/1\n      row 2: old/2");
    }

    @Test
    void longListsOfFailuresAreCut() {
        fail("NOT_FOUND", RunReport.LISTED + 1);

        assertThat(report(RecordTotals.NONE).text())
                .contains("row " + RunReport.LISTED + ":")
                .doesNotContain("row " + (RunReport.LISTED + 1) + ":")
                .endsWith("… the mapping table lists all of them");
    }

    @Test
    void codeOfANewerReleaseIsReportedWithoutAdvice() {
        fail("EATEN_BY_A_GRUE", 1);

        assertThat(report(RecordTotals.NONE).text()).contains("EATEN_BY_A_GRUE: 1; see the message");
    }

    @Test
    void failedRecordsAreCountedFromTheLastPassNotFromTheBatches() {
        fail("NOT_FOUND", 1);

        assertThat(report(RecordTotals.NONE.withFailed(5)).text()).containsPattern("failed +1\\b");
    }

    @Test
    void stalledRunIsReportedAsIncompleteWithTheReason() {
        RunReport report = new RunReport(
                7, RecordTotals.NONE, failures, Duration.ofSeconds(10), Optional.of("pass 3 found 4 records"));

        assertThat(report.text())
                .startsWith("Run 7 is INCOMPLETE and stopped after 10.0 s")
                .contains("the last one: pass 3 found 4 records.\n")
                .contains("a trigger");
    }

    @Test
    void jsonHasTheSameNumbersAndRows() {
        fail("NOT_FOUND", 1);

        assertThat(report(new RecordTotals(900, 60, 40, 0)).json())
                .isEqualTo("{\"run\":7,\"migrated\":900,\"changedByApplication\":60,\"deletedByApplication\":40,"
                        + "\"failed\":1,\"seconds\":10.0,\"failures\":{\"NOT_FOUND\":{\"records\":1,\"first\":"
                        + "[{\"key\":\"1\",\"location\":\"old/1\"}]}}}");
    }

    private RunReport report(RecordTotals totals) {
        return new RunReport(7, totals, failures, Duration.ofSeconds(10), Optional.empty());
    }

    private void fail(String code, int records) {
        IntStream.rangeClosed(1, records)
                .forEach(id -> failures.add(code, new SourceRecord(RowKey.of(Integer.toString(id)), "old/" + id)));
    }
}
