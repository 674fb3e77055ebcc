package dev.rehome.catalog.mariadb.ledger;

import dev.rehome.catalog.mariadb.sql.Identifiers;
import dev.rehome.catalog.mariadb.sql.Sql;
import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.catalog.RunLedger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** The runs in their table. Times are UTC. */
public final class MariaDbRunLedger implements RunLedger {
    private final Sql sql;
    private final MappingSchema schema;
    private final String runs;
    private final Fingerprint fingerprint;

    public MariaDbRunLedger(Sql sql, MappingSchema schema, Fingerprint fingerprint) {
        this.sql = sql;
        this.schema = schema;
        this.runs = Identifiers.table(schema.runs());
        this.fingerprint = fingerprint;
    }

    @Override
    public Run startOrResume(Optional<String> manifest) {
        Optional<Run> latest = latest();
        if (latest.isPresent() && latest.get().completed().isEmpty()) {
            return begunWith(manifest, latest.get());
        }
        int number = latest.map(Run::number).orElse(0) + 1;
        sql.update(
                "starting run " + number,
                "INSERT INTO " + runs + " (run_no, run_token, fingerprint, settings, manifest, state, started_at)"
                        + " VALUES (?, ?, ?, ?, ?, 'RUNNING', UTC_TIMESTAMP(6)) ON DUPLICATE KEY UPDATE run_no = run_no",
                statement -> {
                    statement.setInt(1, number);
                    statement.setString(2, RunId.start(number).token().toString());
                    statement.setString(3, fingerprint.hash());
                    statement.setString(4, fingerprint.text());
                    statement.setString(5, manifest.orElse(null));
                });
        return begunWith(
                manifest, latest().orElseThrow(() -> new Unavailable("The run that was just started isn't there")));
    }

    private static Run begunWith(Optional<String> manifest, Run run) {
        run.refusal(manifest).ifPresent(refusal -> {
            throw new Rejected(refusal);
        });
        return run;
    }

    @Override
    public void complete(int run, String report) {
        sql.update(
                "completing run " + run,
                "UPDATE " + runs + " SET state = 'COMPLETE', completed_at = UTC_TIMESTAMP(6), report = ?"
                        + " WHERE run_no = ? AND state = 'RUNNING'",
                statement -> {
                    statement.setString(1, report);
                    statement.setInt(2, run);
                });
    }

    @Override
    public Optional<Run> latest() {
        if (!exists()) {
            return Optional.empty();
        }
        return sql.first(
                "reading the latest run",
                "SELECT run_no, started_at, completed_at, manifest, run_token FROM " + runs
                        + " ORDER BY run_no DESC LIMIT 1",
                Sql::nothing,
                row -> new Run(
                        new RunId(row.getInt(1), UUID.fromString(row.getString(5))),
                        time(row, 2).orElseThrow(),
                        time(row, 3),
                        Optional.ofNullable(row.getString(4))));
    }

    private boolean exists() {
        return sql.first(
                        "looking for " + schema.runs(),
                        "SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?",
                        statement -> {
                            statement.setString(1, schema.runs().schema());
                            statement.setString(2, schema.runs().table());
                        },
                        row -> 1)
                .isPresent();
    }

    @Override
    public Instant now() {
        return sql.first("asking for the time", "SELECT UTC_TIMESTAMP(6)", Sql::nothing, row -> time(row, 1))
                .flatMap(time -> time)
                .orElseThrow();
    }

    private static Optional<Instant> time(ResultSet row, int index) throws SQLException {
        LocalDateTime utc = row.getObject(index, LocalDateTime.class);
        return Optional.ofNullable(utc).map(value -> value.toInstant(ZoneOffset.UTC));
    }
}
