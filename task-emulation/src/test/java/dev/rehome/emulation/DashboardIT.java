package dev.rehome.emulation;

import static dev.rehome.emulation.Endings.assertEnds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.StoreGate;
import dev.rehome.emulation.migration.Bucket;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProgram;
import dev.rehome.emulation.seeding.SampleRow;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The dashboard in a real browser, on a migration with real servers and processes. */
@ExtendWith(EmulatedMigrationExtension.class)
final class DashboardIT {
    /** Where the picture of the README is written; nowhere by default. */
    private static final String PICTURE = System.getProperty("rehome.test.picture", "");

    private static final String TOKEN = "correct-horse-battery-staple";

    private final DashboardClient http = new DashboardClient();

    private Map<String, String> http(String readOnly) {
        return Map.of("HTTP_PORT", Integer.toString(http.port()), "HTTP_READ_ONLY", readOnly);
    }

    @Test
    void pageShowsWhatTheDatabaseHoldsAndPausePauses(EmulatedMigration migration) throws IOException, SQLException {
        try (Browser browser = new Browser(1_100, 1_250)) {
            migration
                    .with("MAX_COPIES_PER_SECOND", "20")
                    .with("BATCH_SIZE", "20")
                    .seed(1_000);
            MigrationProgram producer = migration.producer(http("false"));
            MigrationProgram consumer = migration.consumer();
            Await.until("the producer listens", Await.STEP, () -> http.status("GET", "/health", "") == 200);
            browser.open(http.address("/"));
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
            assertThat(http.status("POST", "/api/control/set", "{\"name\":\"MAX_COPIES_PER_SECOND\",\"value\":\"0\"}"))
                    .isEqualTo(200);
            assertEnds(3, producer);
            assertEnds(0, consumer);
        }
    }

    @Test
    void readOnlyModeRefusesByDirectRequestTooAndMetricsMatchTheDatabase(EmulatedMigration migration)
            throws SQLException {
        try (StoreGate store = new StoreGate(migration.seed(100), 50)) {
            MigrationProgram producer = migration.producer(http("true"));
            migration.consumer();
            Await.until("the producer listens", Await.STEP, () -> http.status("GET", "/health", "") == 200);
            migration.awaitMigrated(40);
            assertThat(http.status("POST", "/api/control/pause", "{}")).isEqualTo(403);
            assertThat(http.status("POST", "/api/control/abort", "{}")).isEqualTo(403);
            assertThat(http.status("POST", "/api/requeue", "{}")).isEqualTo(403);
            assertThat(http.body("/api/operator")).contains("\"readOnly\":true", "\"hold\":\"\"", "\"changes\":[]");
            Await.until(
                    "the metrics show records",
                    Await.STEP,
                    () -> !http.body("/metrics").contains("migrated\"} 0\n"));
            store.open();
            assertEnds(0, producer);
        }
    }

    @Test
    void requeueMakesTheFailedRecordPendingAndTheRunMovesIt(EmulatedMigration migration) throws Exception {
        SampleRow lost = SampleRow.of(11);
        Bucket source = Bucket.legacy(migration.seed(60));
        byte[] object = source.bytes(lost.location());
        source.delete(lost.location());
        migration.with("LOG_FORMAT", "json").with("LOG_LEVEL", "debug");
        try (StoreGate store = new StoreGate(migration, 30);
                Browser browser = new Browser(1_100, 1_250)) {
            MigrationProgram producer = migration.producer(http("false"));
            MigrationProgram consumer = migration.consumer();
            Await.until("the producer listens", Await.STEP, () -> http.status("GET", "/health", "") == 200);
            browser.open(http.address("/"));
            Await.until(
                    "the record has failed",
                    Await.RUN,
                    () -> migration.runState().equals("RUNNING")
                            && migration.number("SELECT SUM(failed) FROM rehome_mapping_batch") == 1);
            assertThat(http.status("POST", "/api/control/pause", "{\"reason\":\"restoring\"}"))
                    .isEqualTo(200);
            source.put(lost.location(), object);
            browser.await("failures", "NOT_FOUND: 1");

            browser.click("[data-key=\"requeue NOT_FOUND\"]");
            assertThat(browser.text("confirm-impact")).startsWith("1 failed record will be published again");
            browser.type("author", "ann");
            browser.click("#confirm-go");
            browser.await("outcome", "1 failed record is pending again");
            assertThat(migration.execute("SELECT author, records FROM rehome_mapping_requeue"))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("ann");
            assertThat(migration.number("SELECT SUM(failed) FROM rehome_mapping_batch"))
                    .isZero();
            assertThat(http.status("POST", "/api/control/resume", "{}")).isEqualTo(200);
            store.open();
            assertEnds(0, producer);
            assertEnds(0, consumer);
            assertThat(migration.execute("SELECT avatar_key FROM `user profile` WHERE id = " + lost.id()))
                    .containsExactly(lost.expectedLocation());
            assertJsonLog(producer, consumer);
        }
    }

    /** Lines are JSON with run, batch and consumer as fields, of which no name occurs twice. */
    private static void assertJsonLog(MigrationProgram producer, MigrationProgram consumer) {
        assertThat(producer.log().lines())
                .allMatch(line -> line.startsWith("{\"@timestamp\":") && line.endsWith("}"))
                .allMatch(line -> line.split("\"run\":", -1).length <= 2)
                .anyMatch(line -> line.contains("\"applied\":") && line.contains("\"run\":1,"))
                .anyMatch(line -> line.contains("Run 1 is complete") && line.contains("\"migrated\":55"));
        assertThat(consumer.log().lines())
                .allMatch(line -> line.startsWith("{\"@timestamp\":") && line.endsWith("}"))
                .anyMatch(line -> line.contains("\"batch\":\"")
                        && line.contains("\"consumer\":\"")
                        && line.contains("\"run\":1"));
    }

    @Test
    void pageAsksForTheTokenIsReadableInBothSchemesFitsAPhoneAndNeedsNoMouse(EmulatedMigration migration)
            throws IOException, SQLException {
        try (Browser browser = new Browser(1_100, 1_250)) {
            migration.with("MAX_COPIES_PER_SECOND", "5").with("BATCH_SIZE", "5").seed(600);
            migration.producer(Map.of("HTTP_PORT", Integer.toString(http.port()), "HTTP_TOKEN", TOKEN));
            migration.consumer();
            Await.until("the producer listens", Await.STEP, () -> http.status("GET", "/health", "") == 200);
            assertThat(http.body("/health")).isEqualTo("healthy\n");
            assertThat(http.status("GET", "/api/status", "")).isEqualTo(401);
            assertThat(http.status("POST", "/api/control/pause", "{}")).isEqualTo(401);

            browser.open(http.address("/"));
            browser.await("sign-in", "Sign in");
            assertReadable(browser);
            browser.press("guess" + Browser.ENTER);
            browser.await("sign-in-problem", "The producer rejects this token.");
            browser.type("token", "");
            browser.press(TOKEN + Browser.ENTER);
            browser.await("phase", "running");
            browser.await("migration", "avatar_key");

            tabTo(browser, "pause");
            browser.press(Browser.ENTER);
            browser.press("deploy" + Browser.ENTER);
            browser.await("outcome", "Paused");
            browser.await("reasons", "paused: deploy");
            assertThat(reachableByKeyboard(browser))
                    .contains("pause", "resume", "drain", "abort", "SUMMARY", "show-hour", "show-week", "region")
                    .doesNotContain("without a visible focus");
            browser.script("document.querySelector('details').open = true");
            assertReadable(browser);

            tabTo(browser, "abort");
            browser.press(Browser.ENTER);
            browser.await("confirm-title", "Abort the run?");
            assertReadable(browser);
            browser.press(Browser.ESCAPE);
            assertThat(browser.script("return String(document.getElementById('confirm').open)"))
                    .isEqualTo("false");
        }
    }

    private static void assertReadable(Browser browser) throws IOException {
        for (String scheme : List.of("light", "dark")) {
            for (int width : new int[] {360, 1_100}) {
                browser.device(width, scheme);
                assertThat(PageAudit.unreadable(browser)).as(scheme).isEmpty();
                assertThat(PageAudit.overflow(browser)).as("%d pixels", width).isEqualTo("0");
            }
        }
    }

    private static void tabTo(Browser browser, String action) throws IOException {
        for (int i = 0; i < 40 && !focused(browser).equals(action); i++) {
            browser.press(Browser.TAB);
        }
        assertThat(focused(browser)).isEqualTo(action);
    }

    private static List<String> reachableByKeyboard(Browser browser) throws IOException {
        List<String> reached = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            browser.press(Browser.TAB);
            reached.add(focused(browser));
        }
        return reached;
    }

    /** The name of the element that has the focus, or that its focus is invisible. */
    private static String focused(Browser browser) throws IOException {
        return browser.script("""
                const at = document.activeElement;
                const visible = at === document.body || getComputedStyle(at).outlineStyle !== 'none';
                return visible ? at.dataset.action || at.dataset.key || at.id || at.getAttribute('role') || at.tagName
                  : 'without a visible focus';
                """);
    }

    private static long applied(EmulatedMigration migration) throws SQLException {
        return migration.number(
                "SELECT SUM(migrated + changed + deleted + failed) FROM " + EmulatedMigration.MAPPING_TABLE + "_batch");
    }
}
