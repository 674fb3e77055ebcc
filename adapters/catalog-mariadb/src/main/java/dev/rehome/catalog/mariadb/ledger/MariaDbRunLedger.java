package dev.rehome.catalog.mariadb.ledger;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.sql.ColumnCatalog;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.catalog.EventLedger;
import dev.rehome.common.catalog.PendingScaleDown;
import dev.rehome.common.catalog.RunLedger;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The runs, which of their events the webhook's receiver has, and whether their services must still be scaled to zero, in a
 * table of their own. Times are UTC.
 */
public record MariaDbRunLedger(JdbcRunner jdbc, MappingSchema schema, SettingsFingerprint fingerprint)
        implements RunLedger, EventLedger, PendingScaleDown {
    @Override
    public Run startOrResume(Optional<String> manifest) {
        Optional<Run> latest = latest();
        if (latest.isPresent() && latest.get().completed().isEmpty()) {
            return startedWith(manifest, latest.get());
        }
        int number = latest.map(Run::number).orElse(0) + 1;
        jdbc.update(
                "starting run " + number,
                schema.sql("""
                        INSERT INTO :runs (run_no, run_token, fingerprint, settings, manifest, state, started_at)
                        VALUES (:number, :token, :fingerprint, :settings, :manifest, 'RUNNING', UTC_TIMESTAMP(6))
                        ON DUPLICATE KEY UPDATE run_no = run_no""")
                        .with("number", number)
                        .with("token", RunId.start(number).token().toString())
                        .with("fingerprint", fingerprint.hash())
                        .with("settings", fingerprint.text())
                        .with("manifest", manifest));
        return startedWith(
                manifest,
                latest().orElseThrow(() -> new Unavailable("Started run " + number + ", but can't read it yet")));
    }

    private static Run startedWith(Optional<String> manifest, Run run) {
        run.refusal(manifest).ifPresent(refusal -> {
            throw new Rejected(refusal);
        });
        return run;
    }

    @Override
    public void complete(int run, String report) {
        jdbc.update(
                "completing run " + run, schema.sql("""
                        UPDATE :runs SET state = 'COMPLETE', completed_at = UTC_TIMESTAMP(6), report = :report
                        WHERE run_no = :run AND state = 'RUNNING'""").with("report", report).with("run", run));
    }

    @Override
    public Optional<Run> latest() {
        if (!exists()) {
            return Optional.empty();
        }
        return jdbc.first(
                "reading the latest run",
                schema.sql("""
                        SELECT run_no, run_token, started_at, completed_at, manifest
                        FROM :runs ORDER BY run_no DESC LIMIT 1"""),
                row -> new Run(
                        new RunId(row.getInt("run_no"), UUID.fromString(row.getString("run_token"))),
                        JdbcRunner.instant(row, "started_at"),
                        Optional.ofNullable(JdbcRunner.instant(row, "completed_at")),
                        Optional.ofNullable(row.getString("manifest"))));
    }

    @Override
    public boolean contains(RunId run) {
        return exists()
                && jdbc.exists(
                        "looking for run " + run,
                        schema.sql("SELECT 1 FROM :runs WHERE run_no = :number AND run_token = :token")
                                .with("number", run.number())
                                .with("token", run.token().toString()));
    }

    private boolean exists() {
        return !new ColumnCatalog(jdbc).of(schema.runs()).isEmpty();
    }

    @Override
    public Instant now() {
        return jdbc.first(
                        "reading the time",
                        sql("SELECT UTC_TIMESTAMP(6) AS now"),
                        row -> JdbcRunner.instant(row, "now"))
                .orElseThrow();
    }

    @Override
    public void due(int run) {
        jdbc.update(
                "marking run " + run + " as one whose services must be scaled to zero",
                schema.sql("UPDATE :runs SET scaling_due = TRUE WHERE run_no = :run AND state = 'RUNNING'")
                        .with("run", run));
    }

    @Override
    public boolean isDue() {
        return jdbc.first("reading whether scaling is due", schema.sql("""
                                SELECT state = 'COMPLETE' AND scaling_due AS due
                                FROM :runs ORDER BY run_no DESC LIMIT 1"""), row -> row.getBoolean("due"))
                .orElse(false);
    }

    @Override
    public void done() {
        jdbc.update(
                "recording that the services are at zero",
                schema.sql("UPDATE :runs SET scaling_due = FALSE WHERE scaling_due"));
    }

    @Override
    public Optional<Sent> sent(int run) {
        return jdbc.first(
                "reading which events of run " + run + " were sent",
                schema.sql("""
                        SELECT events_revision, end_sent FROM :runs
                        WHERE run_no = :run AND events_revision IS NOT NULL""").with("run", run),
                row -> new Sent(row.getLong("events_revision"), row.getBoolean("end_sent")));
    }

    @Override
    public void sent(int run, Sent sent) {
        jdbc.update(
                "recording which events of run " + run + " were sent",
                schema.sql("""
                        UPDATE :runs SET events_revision = :revision, end_sent = :end WHERE run_no = :run""")
                        .with("revision", sent.revision())
                        .with("end", sent.end())
                        .with("run", run));
    }
}
