package dev.rehome.catalog.mariadb;

import dev.rehome.catalog.mariadb.sql.Sql;
import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.catalog.ApplyResult;
import dev.rehome.common.catalog.RunLedger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** The runs in their table. Times are UTC. */
final class MariaDbRunLedger implements RunLedger {
    private final Sql sql;
    private final MappingSchema schema;
    private final String runs;
    private final Fingerprint fingerprint;

    MariaDbRunLedger(Sql sql, MappingSchema schema, Fingerprint fingerprint) {
        this.sql = sql;
        this.schema = schema;
        this.runs = Identifiers.table(schema.runs());
        this.fingerprint = fingerprint;
    }

    @Override
    public Run open(Optional<String> manifest) {
        Optional<Run> latest = latest();
        if (latest.isPresent() && latest.get().completed().isEmpty()) {
            return begunWith(manifest, latest.get());
        }
        int number = latest.map(Run::number).orElse(0) + 1;
        sql.update(
                "starting run " + number,
                "INSERT INTO " + runs + " (run_no, fingerprint, settings, manifest, state, started_at)"
                        + " VALUES (?, ?, ?, ?, 'RUNNING', UTC_TIMESTAMP(6)) ON DUPLICATE KEY UPDATE run_no = run_no",
                statement -> {
                    statement.setInt(1, number);
                    statement.setString(2, fingerprint.hash());
                    statement.setString(3, fingerprint.text());
                    statement.setString(4, manifest.orElse(null));
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
    public void setAside(BatchId batch) {
        sql.update(
                "counting batch " + batch + ", which is set aside",
                "INSERT INTO " + Identifiers.table(schema.batches())
                        + " (batch_id, run_no, migrated, changed, deleted, failed, applied_at)"
                        + " SELECT batch_id, run_no, 0, 0, 0, SUM(outcome = 'FAILED'), UTC_TIMESTAMP(6) FROM "
                        + Identifiers.table(schema.mapping()) + " WHERE batch_id = ? GROUP BY batch_id, run_no"
                        + " ON DUPLICATE KEY UPDATE batch_id = VALUES(batch_id)",
                statement -> statement.setBytes(1, batch.bytes()));
    }

    @Override
    public ApplyResult totals(int run) {
        return sql.first(
                        "adding up run " + run,
                        "SELECT COALESCE(SUM(migrated), 0), COALESCE(SUM(changed), 0), COALESCE(SUM(deleted), 0),"
                                + " COALESCE(SUM(failed), 0) FROM " + Identifiers.table(schema.batches())
                                + " WHERE run_no = ?",
                        statement -> statement.setInt(1, run),
                        row -> new ApplyResult(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4), 0))
                .orElseThrow();
    }

    @Override
    public Optional<Run> latest() {
        if (!exists()) {
            return Optional.empty();
        }
        return sql.first(
                "reading the latest run",
                "SELECT run_no, started_at, completed_at, manifest FROM " + runs + " ORDER BY run_no DESC LIMIT 1",
                Sql::nothing,
                row -> new Run(
                        row.getInt(1),
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
