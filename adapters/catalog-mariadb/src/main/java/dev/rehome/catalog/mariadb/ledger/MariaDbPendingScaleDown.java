package dev.rehome.catalog.mariadb.ledger;

import dev.rehome.catalog.mariadb.sql.Sql;
import dev.rehome.common.catalog.PendingScaleDown;

/** The note as a column of the runs. */
public record MariaDbPendingScaleDown(Sql sql, String runs) implements PendingScaleDown {
    @Override
    public void due(int run) {
        sql.update(
                "noting that run " + run + " is to be scaled",
                "UPDATE " + runs + " SET scaling_due = TRUE WHERE run_no = ? AND state = 'RUNNING'",
                statement -> statement.setInt(1, run));
    }

    @Override
    public boolean isDue() {
        return sql.first(
                        "asking whether scaling is due",
                        "SELECT state = 'COMPLETE' AND scaling_due FROM " + runs + " ORDER BY run_no DESC LIMIT 1",
                        Sql::nothing,
                        row -> row.getBoolean(1))
                .orElse(false);
    }

    @Override
    public void done() {
        sql.update("noting the scaling", "UPDATE " + runs + " SET scaling_due = FALSE WHERE scaling_due", Sql::nothing);
    }
}
