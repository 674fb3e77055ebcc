package dev.rehome.catalog.mariadb.scan;

import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.batch.TargetKeyRule;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Rows whose location lies in the legacy folder. */
public record ChosenByPrefix(LocationSql location, TargetKeyRule keys) implements Chosen {
    @Override
    public String join() {
        return "";
    }

    @Override
    public String condition() {
        return location.exact("t") + " LIKE ? ESCAPE '|'";
    }

    @Override
    public int bind(PreparedStatement statement, int from) throws SQLException {
        statement.setObject(from, location.parameter(LocationSql.startsWith(keys.legacy())));
        return from + 1;
    }

    @Override
    public String columns() {
        return "";
    }

    @Override
    public String tooLong() {
        return location.tooLong("t", keys);
    }

    @Override
    public int bindTooLong(PreparedStatement statement, int from) throws SQLException {
        location.bindTooLong(statement, from, keys);
        return from + 1;
    }

    @Override
    public Optional<SourceRecord> record(RowKey key, String value, ResultSet row, int from) {
        return keys.isLegacy(value) ? Optional.of(new SourceRecord(key, value)) : Optional.empty();
    }
}
