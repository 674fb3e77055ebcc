package dev.rehome.catalog.mariadb.apply;

import dev.rehome.catalog.mariadb.sql.Sql;
import dev.rehome.common.catalog.ServerLoad;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The server's own counters, which every user may read. */
public record MariaDbServerLoad(Sql sql) implements ServerLoad {
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
        return sql
                .list(
                        "asking for the server's load",
                        "SHOW GLOBAL STATUS WHERE Variable_name IN (" + names + ")",
                        Sql::nothing,
                        row -> Map.entry(row.getString(1).toLowerCase(Locale.ROOT), row.getInt(2)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
