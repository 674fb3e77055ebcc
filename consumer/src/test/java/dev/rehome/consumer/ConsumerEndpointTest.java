package dev.rehome.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import dev.rehome.common.http.HttpRequest;
import dev.rehome.common.http.HttpResponse;
import dev.rehome.common.http.PrometheusLint;
import dev.rehome.common.process.HealthCheck.Health;
import dev.rehome.common.queue.ConsumerReport;
import dev.rehome.common.queue.ConsumerReport.Activity;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsumerEndpointTest {
    private final CopyTimes times = new CopyTimes(new TestClock());
    private final ConsumerReport report = new ConsumerReport(
            Activity.COPYING,
            "",
            new ConsumerReport.Copies(12_345_678, 20),
            new ConsumerReport.Load(2, 12, 32, 64),
            Optional.empty());
    private Health health = new Health(true, "copying");
    private final ConsumerEndpoint endpoint = new ConsumerEndpoint(() -> report, () -> health, times);

    private HttpResponse get(String path) {
        return endpoint.respond(new HttpRequest("GET", path, Map.of(), ""));
    }

    @Test
    void metricsShowTheReportAndPassTheChecksOfPromtool() {
        times.add(Duration.ofMillis(20));
        times.add(Duration.ofMillis(200));
        String text = get("/metrics").body();
        assertThat(PrometheusLint.problems(text)).isEmpty();
        assertThat(text)
                .contains("rehome_consumer_activity{activity=\"copying\"} 1\n")
                .contains("rehome_consumer_records_copied_total 12345678\n")
                .contains("rehome_consumer_copies_limit 32\n")
                .contains("rehome_consumer_copy_duration_seconds_bucket{le=\"0.032\"} 1\n")
                .contains("rehome_consumer_copy_duration_seconds_sum 0.22\n")
                .contains("rehome_consumer_copy_duration_seconds_count 2\n");
    }

    @Test
    void healthIsUnavailableWhileTheConsumerCantWork() {
        assertThat(get("/healthz").status()).isEqualTo(200);
        health = new Health(false, "stuck: bucket missing");
        assertThat(get("/health").status()).isEqualTo(503);
        assertThat(get("/health").body()).isEqualTo("stuck: bucket missing\n");
        assertThat(get("/other").status()).isEqualTo(404);
    }
}
