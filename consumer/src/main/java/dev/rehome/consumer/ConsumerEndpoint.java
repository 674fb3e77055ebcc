package dev.rehome.consumer;

import dev.rehome.common.http.HttpHandler;
import dev.rehome.common.http.HttpRequest;
import dev.rehome.common.http.HttpResponse;
import dev.rehome.common.http.MetricsText;
import dev.rehome.common.process.HealthCheck.Health;
import dev.rehome.common.queue.ConsumerReport;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Responds to HTTP requests for a consumer's health and its metrics. Both show the report that it sends to the
 * producer.
 *
 * @param report the consumer's activity
 * @param health whether it works
 * @param times how long copies take
 */
record ConsumerEndpoint(Supplier<ConsumerReport> report, Supplier<Health> health, CopyTimes times)
        implements HttpHandler {
    private static final long[] BOUNDS_MILLIS = {8, 16, 32, 64, 128, 256, 512, 1_024, 4_096, 16_384, 65_536};

    @Override
    public HttpResponse respond(HttpRequest request) {
        return switch (request.path()) {
            case "/health", "/healthz" -> {
                Health now = health.get();
                yield HttpResponse.text(now.healthy() ? 200 : 503, now.text());
            }
            case "/metrics" -> HttpResponse.of(200, MetricsText.TYPE, metrics());
            default -> HttpResponse.text(404, "There is nothing at this path");
        };
    }

    private String metrics() {
        ConsumerReport now = report.get();
        MetricsText metrics = new MetricsText();
        for (ConsumerReport.Activity activity : ConsumerReport.Activity.values()) {
            metrics.gauge(
                    "rehome_consumer_activity",
                    "1 for the consumer's present activity, 0 for all others.",
                    now.activity() == activity ? 1 : 0,
                    "activity",
                    activity.name().toLowerCase(Locale.ROOT));
        }
        metrics.counter(
                "rehome_consumer_records_copied_total",
                "Records whose objects this consumer has copied.",
                now.copies().copied());
        metrics.counter(
                "rehome_consumer_records_failed_total",
                "Records that this consumer has recorded as failed.",
                now.copies().failed());
        metrics.gauge(
                "rehome_consumer_batches", "Batches claimed now.", now.load().batches());
        metrics.gauge(
                "rehome_consumer_copies_in_flight",
                "Copies in flight.",
                now.load().inFlight());
        metrics.gauge(
                "rehome_consumer_copies_limit",
                "Copies that may be in flight now; lower than usual after the store asked for fewer requests.",
                now.load().limit());
        Map<Double, Long> atMost = new TreeMap<>();
        for (long bound : BOUNDS_MILLIS) {
            atMost.put(bound / 1_000.0, times.atMost(Duration.ofMillis(bound)));
        }
        metrics.histogram(
                "rehome_consumer_copy_duration_seconds",
                "Duration of each try of a copy.",
                atMost,
                times.count(),
                times.total().toNanos() / 1e9);
        return metrics.text();
    }
}
