package dev.rehome.catalog.mariadb.scan;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.batch.TargetKeyRule;
import java.sql.ResultSet;
import java.util.Optional;

/** Selects rows whose location starts with the legacy prefix. */
public record PrefixFilter(LocationSql location, TargetKeyRule keys) implements RowFilter {
    @Override
    public SqlFragment join() {
        return SqlFragment.EMPTY;
    }

    @Override
    public SqlFragment condition() {
        String pattern = keys.legacy().replace("|", "||").replace("%", "|%").replace("_", "|_") + "%";
        return sql(":location LIKE :pattern ESCAPE '|'")
                .with("location", location.exact("t"))
                .with("pattern", location.parameter(pattern));
    }

    @Override
    public SqlFragment columns() {
        return SqlFragment.EMPTY;
    }

    @Override
    public SqlFragment target() {
        return location.target(sql("d.v"), keys);
    }

    @Override
    public Optional<SourceRecord> record(RowKey rowKey, String value, ResultSet row) {
        return keys.isLegacy(value) ? Optional.of(new SourceRecord(rowKey, value)) : Optional.empty();
    }
}
