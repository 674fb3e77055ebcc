package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The dashboard in a real browser, on a migration with real servers and processes. */
@ExtendWith(EmulatedMigrationExtension.class)
final class DashboardIT {
    /** Where the picture of the README is written; nowhere by default. */
    private static final String PICTURE = System.getProperty("rehome.test.picture", "");

    private final int port = freePort();

    private Map<String, String> http(String readOnly) {
        return Map.of("HTTP_PORT", Integer.toString(port), "HTTP_READ_ONLY", readOnly);
    }

    @Test
    void pageShowsWhatTheDatabaseHoldsAndPausePauses(EmulatedMigration migration) throws IOException, SQLException {
        try (Browser browser = new Browser(1_100, 1_250)) {
            migration
                    .with("MAX_COPIES_PER_SECOND", "40")
                    .with("BATCH_SIZE", "20")
                    .seed(1_000);
            MigrationProcess producer = migration.producer(http("false"));
            MigrationProcess consumer = migration.consumer();
            Await.until("the producer listens", Await.STEP, () -> status("GET", "/health", "") == 200);
            browser.open(address("/"));
            migration.awaitMigrated(100);
            browser.await("phase", "running");
            // 80 of the 1,000 rows have no legacy key.
            browser.await("total", "920");
            if (!PICTURE.isEmpty()) {
                migration.awaitMigrated(600);
                browser.screenshot(Path.of(PICTURE));
            }

            browser.click("[data-action=pause]");
            browser.type("reason", "deploy at noon");
            browser.type("author", "ann");
            assertThat(browser.text("confirm-impact")).contains("Consumers finish the batches that they hold");
            browser.click("#confirm-go");
            browser.await("outcome", "Paused");
            browser.await("phase", "waiting");
            browser.await("reasons", "paused: deploy at noon");
            browser.await("changes", "ann");
            long applied = applied(migration);
            browser.await("applied", String.format(Locale.ROOT, "%,d", applied));
            assertThat(applied(migration)).as("rows applied during the pause").isEqualTo(applied);
            assertThat(applied).isLessThan(920);

            browser.click("[data-action=resume]");
            browser.click("#confirm-go");
            browser.await("outcome", "Resumed");
            assertThat(producer.exitCode(Await.RUN)).as(producer.tail()).isIn(0, 3);
            assertThat(consumer.exitCode(Await.RUN)).as(consumer.tail()).isZero();
        }
    }

    @Test
    void readOnlyModeRefusesByDirectRequestTooAndMetricsMatchTheDatabase(EmulatedMigration migration)
            throws SQLException {
        migration.with("MAX_COPIES_PER_SECOND", "40").with("BATCH_SIZE", "20").seed(400);
        MigrationProcess producer = migration.producer(http("true"));
        migration.consumer();
        Await.until("the producer listens", Await.STEP, () -> status("GET", "/health", "") == 200);
        migration.awaitMigrated(40);
        assertThat(status("POST", "/api/control/pause", "{}")).isEqualTo(403);
        assertThat(status("POST", "/api/control/abort", "{}")).isEqualTo(403);
        assertThat(status("POST", "/api/requeue", "{}")).isEqualTo(403);
        assertThat(body("/api/operator")).contains("\"readOnly\":true", "\"hold\":\"\"", "\"changes\":[]");
        Await.until(
                "the metrics show records", Await.STEP, () -> !body("/metrics").contains("migrated\"} 0\n"));
        assertThat(producer.exitCode(Await.RUN)).as(producer.tail()).isZero();
    }

    private static long applied(EmulatedMigration migration) throws SQLException {
        return migration.number(
                "SELECT SUM(migrated + changed + deleted + failed) FROM " + EmulatedMigration.MAPPING_TABLE + "_batch");
    }

    private String address(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    private int status(String method, String path, String body) {
        try {
            return send(method, path, body).statusCode();
        } catch (IOException notYet) {
            return 0;
        }
    }

    private String body(String path) {
        try {
            return send("GET", path, "").body();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private java.net.http.HttpResponse<String> send(String method, String path, String body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address(path)))
                .header("Content-Type", "application/json")
                .header("X-Rehome", "1")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException(stop);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new AssertionError(none);
        }
    }
}
