package dev.rehome.catalog.mariadb.ledger;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.common.catalog.PendingScaleDown;

/** The pending scale-down as a column of the runs. */
public record MariaDbPendingScaleDown(JdbcRunner jdbc, MappingSchema schema) implements PendingScaleDown {
    @Override
    public void due(int run) {
        jdbc.update(
                "marking run " + run + " as one whose services must be scaled to zero",
                sql("UPDATE :runs SET scaling_due = TRUE WHERE run_no = :run AND state = 'RUNNING'")
                        .with("runs", schema.runs())
                        .with("run", run));
    }

    @Override
    public boolean isDue() {
        return jdbc.first(
                        "reading whether scaling is due",
                        sql("""
                                SELECT state = 'COMPLETE' AND scaling_due AS due
                                FROM :runs ORDER BY run_no DESC LIMIT 1""").with("runs", schema.runs()),
                        row -> row.getBoolean("due"))
                .orElse(false);
    }

    @Override
    public void done() {
        jdbc.update(
                "recording that the services are at zero",
                sql("UPDATE :runs SET scaling_due = FALSE WHERE scaling_due").with("runs", schema.runs()));
    }
}
