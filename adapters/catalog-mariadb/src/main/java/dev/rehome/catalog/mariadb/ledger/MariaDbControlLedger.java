package dev.rehome.catalog.mariadb.ledger;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.sql.ColumnCatalog;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.common.catalog.ControlLedger;
import dev.rehome.common.queue.ControlState;
import dev.rehome.common.queue.Hold;
import dev.rehome.common.queue.OperatorControl;
import dev.rehome.common.queue.OperatorControl.Change;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The operator's changes in a table of their own, one row each; the latest of a name is its value. */
public record MariaDbControlLedger(JdbcRunner jdbc, MappingSchema schema) implements ControlLedger {
    @Override
    public void save(List<Change> changes) {
        if (changes.isEmpty() || !exists()) {
            return;
        }
        jdbc.run("storing the operators' changes", connection -> {
            JdbcRunner.insert(
                    connection,
                    schema.sql("""
                            INSERT INTO :control (revision, changed_at, author, name, value_before, value_after)
                            VALUES :rows ON DUPLICATE KEY UPDATE revision = VALUES(revision)"""),
                    changes.stream().map(MariaDbControlLedger::row).toList());
            return true;
        });
    }

    private static SqlFragment row(Change change) {
        return sql("(:revision, :at, :author, :name, :before, :after)")
                .with("revision", change.revision())
                .with("at", change.at())
                .with("author", change.author())
                .with("name", change.name())
                .with("before", change.before())
                .with("after", change.after());
    }

    @Override
    public ControlState state() {
        if (!exists()) {
            return ControlState.NONE;
        }
        Map<String, String> values = new TreeMap<>();
        long revision = 0;
        List<Change> latest =
                jdbc.list("reading what operators have set", schema.sql("""
                        SELECT revision, changed_at, author, name, value_before, value_after FROM :control
                        WHERE revision IN (SELECT MAX(revision) FROM :control GROUP BY name)"""), MariaDbControlLedger::change);
        for (Change change : latest) {
            revision = Math.max(revision, change.revision());
            if (!change.after().isEmpty() && !OperatorControl.isRecord(change.name())) {
                values.put(change.name(), change.after());
            }
        }
        String hold = values.getOrDefault(OperatorControl.HOLD, "");
        values.remove(OperatorControl.HOLD);
        return new ControlState(Hold.parse(hold), values, revision);
    }

    @Override
    public List<Change> changes(int limit) {
        if (!exists()) {
            return List.of();
        }
        return jdbc.list(
                "reading the operators' changes", schema.sql("""
                        SELECT revision, changed_at, author, name, value_before, value_after
                        FROM :control ORDER BY revision DESC LIMIT :limit""").with("limit", limit), MariaDbControlLedger::change);
    }

    private boolean exists() {
        return !new ColumnCatalog(jdbc).of(schema.control()).isEmpty();
    }

    private static Change change(ResultSet row) throws SQLException {
        return new Change(
                row.getLong("revision"),
                JdbcRunner.instant(row, "changed_at"),
                row.getString("author"),
                row.getString("name"),
                row.getString("value_before"),
                row.getString("value_after"));
    }
}
