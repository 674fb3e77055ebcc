package dev.rehome.catalog.mariadb.apply;

import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.common.catalog.ServerLoad;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The server's own counters, which every user may read. */
public record MariaDbServerLoad(JdbcRunner jdbc) implements ServerLoad {
    @Override
    public Reading read() {
        Map<String, Integer> status = status("'Threads_running', 'Innodb_row_lock_current_waits'");
        return new Reading(
                status.getOrDefault("threads_running", 0), status.getOrDefault("innodb_row_lock_current_waits", 0));
    }

    @Override
    public int replicas() {
        return status("'Slaves_connected'").getOrDefault("slaves_connected", 0);
    }

    private Map<String, Integer> status(String names) {
        return jdbc
                .list(
                        "reading the server's load",
                        SqlFragment.sql("SHOW GLOBAL STATUS WHERE Variable_name IN (" + names + ")"),
                        row -> Map.entry(row.getString(1).toLowerCase(Locale.ROOT), row.getInt(2)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
