package dev.rehome.catalog.mariadb.scan;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.batch.TargetKeyRule;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Selects the rows of the catalog's table {@code t} that are to be migrated.
 *
 * @param join the join that the other parts refer to; may be empty
 * @param condition the condition on a row
 * @param columns the columns that {@code reader} and {@code target} read, each with a comma before it; may be empty
 * @param target the new location of a record {@code d}
 * @param reader reads the record of a row that meets the condition
 */
public record RowFilter(
        SqlFragment join, SqlFragment condition, SqlFragment columns, SqlFragment target, RecordReader reader) {
    /**
     * Reads a record; empty when the row isn't to be migrated after all. The value is compared once more in Java, byte for
     * byte: no collation of any server version may widen the match.
     */
    interface RecordReader {
        Optional<SourceRecord> record(RowKey rowKey, String value, ResultSet row) throws SQLException;
    }

    /** Selects rows whose location starts with the legacy prefix. */
    public static RowFilter byPrefix(LocationSql location, TargetKeyRule keys) {
        String pattern = keys.legacy().replace("|", "||").replace("%", "|%").replace("_", "|_") + "%";
        return new RowFilter(
                SqlFragment.EMPTY,
                sql(":location LIKE :pattern ESCAPE '|'")
                        .with("location", location.exact("t"))
                        .with("pattern", location.parameter(pattern)),
                SqlFragment.EMPTY,
                location.target(sql("d.v"), keys),
                (rowKey, value, row) ->
                        keys.isLegacy(value) ? Optional.of(new SourceRecord(rowKey, value)) : Optional.empty());
    }

    /**
     * Selects rows whose location is a key of the manifest. Each row is looked up in the manifest's primary key, by the bytes
     * of its location in UTF-8; the manifest itself is never scanned.
     */
    public static RowFilter byManifest(LocationSql location, TableName manifest, TargetKeyRule keys) {
        return new RowFilter(
                sql("STRAIGHT_JOIN :manifest l FORCE INDEX (PRIMARY) ON l.old_key = :utf8")
                        .with("manifest", manifest)
                        .with("utf8", location.utf8("t")),
                // The empty key holds the manifest's identity; other values become another one by the conversion.
                sql("l.old_key <> '' AND :intact").with("intact", location.intact(location.exact("t"))),
                sql(", l.old_key AS manifest_key, l.new_key AS manifest_target"),
                sql("IF(d.manifest_target IS NULL, :derived, :own)")
                        .with("derived", location.target(sql("d.v"), keys))
                        .with("own", location.fromUtf8("d.manifest_target")),
                RowFilter::listed);
    }

    private static Optional<SourceRecord> listed(RowKey rowKey, String value, ResultSet row) throws SQLException {
        if (!Arrays.equals(row.getBytes("manifest_key"), value.getBytes(StandardCharsets.UTF_8))) {
            return Optional.empty();
        }
        Optional<String> target = Optional.ofNullable(row.getBytes("manifest_target"))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        return Optional.of(new SourceRecord(rowKey, value, target));
    }
}
