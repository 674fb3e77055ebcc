package dev.rehome.common.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MetricsTextTest {
    @Test
    void samplesOfAMetricFollowItsHelpAndType() {
        String text = new MetricsText()
                .counter("rehome_records_total", "Records.", 12_345_678, "outcome", "a\"b\\c\n")
                .gauge("rehome_rate", "Rate.", 0.5)
                .counter("rehome_records_total", "Records.", 2, "outcome", "other")
                .text();
        assertThat(text).isEqualTo("""
                # HELP rehome_records_total Records.
                # TYPE rehome_records_total counter
                rehome_records_total{outcome="a\\"b\\\\c\\n"} 12345678
                rehome_records_total{outcome="other"} 2
                # HELP rehome_rate Rate.
                # TYPE rehome_rate gauge
                rehome_rate 0.5
                """);
        assertThat(PrometheusLint.problems(text)).isEmpty();
    }

    @Test
    void histogramEndsWithInfinitySumAndCount() {
        TreeMap<Double, Long> atMost = new TreeMap<>();
        atMost.put(0.1, 3L);
        atMost.put(1.0, 5L);
        String text = new MetricsText()
                .histogram("rehome_copy_duration_seconds", "Copies.", atMost, 6, 9.5)
                .text();
        assertThat(text)
                .contains("rehome_copy_duration_seconds_bucket{le=\"0.1\"} 3\n")
                .contains("rehome_copy_duration_seconds_bucket{le=\"+Inf\"} 6\n")
                .contains("rehome_copy_duration_seconds_sum 9.5\n")
                .endsWith("rehome_copy_duration_seconds_count 6\n");
        assertThat(PrometheusLint.problems(text)).isEmpty();
    }

    @Test
    void namesThatMisleadAreRejected() {
        MetricsText metrics = new MetricsText();
        assertThatThrownBy(() -> metrics.counter("rehome_records", "x", 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> metrics.gauge("rehome_records_total", "x", 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> metrics.gauge("rehome_lag_ms", "x", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> metrics.gauge("Lag", "x", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void lintFindsWhatPromtoolWouldFind() {
        String head = "# HELP rehome_x X.\n# TYPE rehome_x ";
        assertThat(PrometheusLint.problems("rehome_x 1\n")).isNotEmpty();
        assertThat(PrometheusLint.problems(head + "counter\nrehome_x 1\n").toString())
                .contains("_total");
        assertThat(PrometheusLint.problems(head + "gauge\nrehome_x one\n")).isNotEmpty();
        assertThat(PrometheusLint.problems(head + "gauge\nrehome_x 1\nrehome_x 1\n"))
                .isNotEmpty();
        assertThat(PrometheusLint.problems(head + "gauge\nrehome_x 1")).isNotEmpty();
        assertThat(PrometheusLint.problems(head + "meter\nrehome_x 1\n")).isNotEmpty();
        assertThat(PrometheusLint.problems("# TYPE rehome_x gauge\nrehome_x 1\n")
                        .toString())
                .contains("no HELP");
        for (String name :
                List.of("rehome_lag_ms", "rehome_wait_minutes", "rehome_copies_count", "rehome_gauge_of_x")) {
            assertThat(PrometheusLint.problems((head + "gauge\nrehome_x 1\n").replace("rehome_x", name)))
                    .as(name)
                    .isNotEmpty();
        }
    }
}
