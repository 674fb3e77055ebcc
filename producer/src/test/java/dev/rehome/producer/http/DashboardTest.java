package dev.rehome.producer.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.ContractProxy;
import dev.rehome.common.Rejected;
import dev.rehome.common.TestClock;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.FailureLedger;
import dev.rehome.common.catalog.MemoryCatalog;
import dev.rehome.common.catalog.MemoryDatabase;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.http.HttpRequest;
import dev.rehome.common.http.HttpResponse;
import dev.rehome.common.http.PrometheusLint;
import dev.rehome.common.process.Backoff;
import dev.rehome.common.process.Retries;
import dev.rehome.common.queue.ConsumerReport;
import dev.rehome.common.queue.FleetCopies;
import dev.rehome.common.queue.MemoryBatchQueue;
import dev.rehome.common.queue.OperatorControl.Change;
import dev.rehome.common.queue.QueueDepth;
import dev.rehome.producer.operator.LiveSettings;
import dev.rehome.producer.operator.Requeuing;
import dev.rehome.producer.operator.SettingChanges;
import dev.rehome.producer.progress.RunSnapshot;
import dev.rehome.producer.progress.SnapshotJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DashboardTest {
    private static final TargetKeyRule KEYS = new TargetKeyRule("old", "new", KeyLayout.PREFIX);

    private final TestClock clock = new TestClock();
    private final MemoryCatalog catalog = new MemoryDatabase(KEYS, 3, clock).open();
    private final MemoryBatchQueue queue = new MemoryBatchQueue(clock, Duration.ofSeconds(60), 3, 10);
    private final RunSnapshot snapshot = new RunSnapshot(
            clock.instant(),
            new RunSnapshot.RunInfo(1, Optional.of(clock.instant()), Optional.empty(), 2),
            new RunSnapshot.State(
                    RunSnapshot.Phase.RUNNING,
                    List.of(new RunSnapshot.Reason(RunSnapshot.Kind.LIMIT, "the copies are the slowest part"))),
            new RunSnapshot.Counts(OptionalLong.of(1_000), 600, 500, new RecordTotals(390, 5, 3, 2)),
            new RunSnapshot.Pace(
                    12.5,
                    10,
                    Duration.ofSeconds(40),
                    Optional.of(Duration.ofSeconds(60)),
                    Optional.of(Instant.EPOCH),
                    ""),
            new QueueDepth(1, 2, 3, 0, 6),
            Map.of("c\"1", ConsumerReport.of(ConsumerReport.Activity.IDLE, "")));
    private final SplittableRandom random = new SplittableRandom(1);
    private final Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1));
    private final LiveSettings settings =
            new LiveSettings(List.of(FleetCopies.MAX_PER_SECOND, LiveSettings.CONSUMER_TASKS), name -> null);
    private final Dashboard dashboard = dashboard(catalog.failures());

    private Dashboard dashboard(FailureLedger failures) {
        return new Dashboard(
                new Dashboard.Sources(() -> snapshot, queue.progress(), queue.operator(), settings, failures),
                new ControlRequests(
                        queue.operator(),
                        new SettingChanges(settings, queue.operator(), DashboardTest::scale),
                        new Requeuing(failures, queue.operator(), new Retries(backoff, clock)),
                        catalog.runs(),
                        () -> BatchId.next(clock, random)),
                new Dashboard.About("shop.users.avatar_key", "1.2.3", false),
                clock);
    }

    private static void scale(int tasks) {
        throw new Rejected("The consumers run outside ECS");
    }

    private HttpResponse get(String path) {
        return dashboard.respond(new HttpRequest("GET", path, Map.of(), ""));
    }

    private HttpResponse post(String path, String body) {
        return dashboard.respond(new HttpRequest("POST", path, Map.of(), body));
    }

    @Test
    void statusAndEventsAreTheSnapshot() {
        assertThat(SnapshotJson.decode(get("/api/status").body())).contains(snapshot);
        assertThat(dashboard.event()).isEqualTo(get("/api/status").body());
        assertThat(get("/health").body()).startsWith("applied 400 of 1,000 (40.0 %)");
    }

    @Test
    void metricsShowTheSnapshotAndPassTheChecksOfPromtool() {
        String text = get("/metrics").body();
        assertThat(PrometheusLint.problems(text)).isEmpty();
        assertThat(text)
                .contains("rehome_records_published 600\n")
                .contains("rehome_records_copied 500\n")
                .contains("rehome_records_applied_total{outcome=\"migrated\"} 390\n")
                .contains("rehome_records_failed 2\n")
                .contains("rehome_records_expected 1000\n")
                .contains("rehome_eta_seconds 60\n")
                .contains("rehome_run_phase{phase=\"running\"} 1\n")
                .contains("rehome_run_phase{phase=\"waiting\"} 0\n")
                .contains("rehome_consumers{activity=\"idle\"} 1\n")
                .contains("rehome_batches{state=\"leased\"} 2\n");
    }

    @Test
    void controlsMakeTheSameCallsAsTheCommands() {
        assertThat(post("/api/control/pause", "{\"reason\":\"deploy\",\"author\":\"ann\"}")
                        .status())
                .isEqualTo(200);
        assertThat(queue.operator().state().hold().orElseThrow()).hasToString("paused: deploy");
        assertThat(post("/api/control/drain", "{}").body()).contains("it was paused: deploy");
        assertThat(post("/api/control/resume", "{}").body()).contains("Resumed; it was draining");
        assertThat(post("/api/control/set", "{\"name\":\"MAX_COPIES_PER_SECOND\",\"value\":\"5\",\"author\":\"ann\"}")
                        .body())
                .contains("MAX_COPIES_PER_SECOND=5");
        assertThat(get("/api/operator").body())
                .contains("{\"name\":\"MAX_COPIES_PER_SECOND\",\"configured\":\"0\",\"live\":\"5\",");
        assertThat(post("/api/control/unset", "{\"name\":\"MAX_COPIES_PER_SECOND\"}")
                        .body())
                .contains("it was set to 5");
        assertThat(post("/api/control/abort", "{}").status()).isEqualTo(200);
        assertThat(post("/api/control/pause", "{}").status()).isEqualTo(409);
        assertThat(queue.operator().changes(10)).extracting(Change::author).contains("ann", "dashboard");
        assertThat(get("/api/operator").body()).contains("\"hold\":\"stopping: by an operator\"", "ann");
    }

    @Test
    void invalidRequestsChangeNothing() {
        for (String body : List.of(
                "",
                "[]",
                "nonsense",
                "{\"reason\":\" \"}",
                "{\"reason\":5}",
                "{\"author\":\"ann\\n2026-01-01 ERROR forged\"}",
                "{\"reason\":\"\\u001b[2J\"}")) {
            assertThat(post("/api/control/pause", body).status()).as(body).isEqualTo(400);
        }
        for (String change : List.of(
                "{}",
                "{\"name\":\"DB_USER\",\"value\":\"x\"}",
                "{\"name\":\"MAX_COPIES_PER_SECOND\",\"value\":\"-1\"}",
                "{\"name\":\"MAX_COPIES_PER_SECOND\",\"value\":\"\"}",
                "{\"name\":\"MAX_COPIES_PER_SECOND\"}")) {
            assertThat(post("/api/control/set", change).status()).as(change).isEqualTo(400);
        }
        assertThat(post("/api/control/set", "{\"name\":\"CONSUMER_TASK_COUNT\",\"value\":\"4\"}")
                        .status())
                .isEqualTo(409);
        assertThat(post("/api/control/explode", "{}").status()).isEqualTo(404);
        assertThat(queue.operator().changes(10)).isEmpty();
    }

    @Test
    void requeueNeedsARunInProgress() {
        assertThat(post("/api/requeue", "{\"all\":true}").status()).isEqualTo(409);
        catalog.lock().acquire(Duration.ZERO);
        catalog.runs().startOrResume(Optional.empty());
        assertThat(post("/api/requeue", "{\"code\":\"NOT_FOUND\"}").body())
                .contains("Nothing to requeue: no record has failed with NOT_FOUND");
        assertThat(post("/api/requeue", "{\"all\":true}").status()).isEqualTo(200);
        assertThat(post("/api/requeue", "{\"cod\":\"NOT_FOUND\"}").status())
                .as("a misspelt field requeues nothing")
                .isEqualTo(400);
        for (String body : List.of("{\"code\":\"NOT_FOUND\",\"all\":true}", "{\"code\":\"not_found\"}")) {
            assertThat(post("/api/requeue", body).status()).as(body).isEqualTo(400);
        }
        assertThat(get("/api/failures").body()).isEqualTo("[]");
        assertThat(queue.operator().changes(10)).as("nothing was requeued").isEmpty();
    }

    @Test
    void eventsAndHealthNeverWaitForTheDatabase() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        Dashboard slow = dashboard(ContractProxy.of(FailureLedger.class, catalog.failures(), (method, call) -> {
            asked.countDown();
            answered.await();
            return call.call();
        }));
        CompletableFuture<HttpResponse> failures = CompletableFuture.supplyAsync(
                () -> slow.respond(new HttpRequest("GET", "/api/failures", Map.of(), "")));
        asked.await();
        assertThat(CompletableFuture.supplyAsync(slow::event).get(20, TimeUnit.SECONDS))
                .contains("\"applied\"");
        answered.countDown();
        assertThat(failures.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
    }

    @Test
    void pageHasNoInlineScriptStyleOrForeignAddress() {
        for (String path : Dashboard.openPaths()) {
            HttpResponse file = get(path);
            assertThat(file.status()).as(path).isEqualTo(200);
            assertThat(file.body().replace("http://www.w3.org/2000/svg", ""))
                    .as(path)
                    .doesNotContain("http:", "https:", "//cdn", "innerHTML", " style=", " onclick=", "eval(");
        }
        assertThat(get("/").body())
                .doesNotContainPattern("<script(?![^>]*src=)")
                .doesNotContain("<style");
        assertThat(get("/../logback.xml").status()).isEqualTo(404);
    }
}
