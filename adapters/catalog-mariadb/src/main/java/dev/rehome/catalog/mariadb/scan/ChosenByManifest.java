package dev.rehome.catalog.mariadb.scan;

import dev.rehome.catalog.mariadb.sql.Identifiers;
import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.batch.TargetKeyRule;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Rows whose location is a key of the manifest: each row of the table is looked up in the manifest's primary key, by the
 * bytes of its location in UTF-8. The manifest is never read through.
 */
public record ChosenByManifest(LocationSql location, TableName manifest, TargetKeyRule keys) implements Chosen {
    @Override
    public String join() {
        return " STRAIGHT_JOIN " + Identifiers.table(manifest) + " l FORCE INDEX (PRIMARY) ON l.old_key = "
                + location.utf8("t");
    }

    /** Without the empty key, which marks the table; and without values that only look alike when they are converted. */
    @Override
    public String condition() {
        return "l.old_key <> '' AND " + location.intact("t");
    }

    @Override
    public int bind(PreparedStatement statement, int from) {
        return from;
    }

    @Override
    public String columns() {
        return ", l.old_key, l.new_key";
    }

    @Override
    public String tooLong() {
        return "IF(l.new_key IS NULL, " + location.tooLong("t", keys) + ", NOT (" + location.fits(newKey()) + "))";
    }

    private String newKey() {
        return location.column().isBinary()
                ? "l.new_key"
                : "CONVERT(CONVERT(l.new_key USING utf8mb4) USING "
                        + location.column().charset() + ")";
    }

    @Override
    public int bindTooLong(PreparedStatement statement, int from) throws SQLException {
        location.bindTooLong(statement, from, keys);
        return from + 1;
    }

    @Override
    public Optional<SourceRecord> record(RowKey key, String value, ResultSet row, int from) throws SQLException {
        if (!Arrays.equals(row.getBytes(from), value.getBytes(StandardCharsets.UTF_8))) {
            return Optional.empty();
        }
        Optional<String> target =
                Optional.ofNullable(row.getBytes(from + 1)).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        return Optional.of(new SourceRecord(key, value, target));
    }
}
