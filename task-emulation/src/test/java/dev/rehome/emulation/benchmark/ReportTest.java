package dev.rehome.emulation.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    @Test
    void spreadIsMedianWithLowestAndHighest() {
        assertThat(Spread.of(List.of(9_000.0, 1_000.0, 2_500.0))).hasToString("2,500 (1,000–9,000)");
        assertThat(Spread.of(List.of(1.0, 2.0))).hasToString("1.5 (1.0–2.0)");
        assertThat(Spread.of(List.of(7.0))).hasToString("7.0");
    }

    @Test
    void tableHasARowForEachCaseAndACellForEachFigureOfAny() throws Exception {
        Report report = new Report();
        report.add("queue", "few waiting", "claims/s", Spread.of(List.of(20.0)));
        report.add("queue", "many waiting", "recovered/s", Spread.of(List.of(30.0)));

        assertThat(report.table("queue"))
                .containsExactly(
                        "| queue | claims/s | recovered/s |",
                        "| --- | --- | --- |",
                        "| few waiting | 20 |  |",
                        "| many waiting |  | 30 |");
        assertThat(report.json())
                .contains("{\"case\": \"few waiting\", \"figure\": \"claims/s\", \"median\": 20.0, \"least\": 20.0,"
                        + " \"most\": 20.0}");
    }
}
