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
 * Selects rows whose location is a key of the manifest. Each row is looked up in the manifest's primary key, by the bytes
 * of its location in UTF-8; the manifest itself is never scanned.
 */
public record ManifestFilter(LocationSql location, TableName manifest, TargetKeyRule keys) implements RowFilter {
    @Override
    public SqlFragment join() {
        return sql("STRAIGHT_JOIN :manifest l FORCE INDEX (PRIMARY) ON l.old_key = :utf8")
                .with("manifest", manifest)
                .with("utf8", location.utf8("t"));
    }

    /** Excludes the empty key, which holds the manifest's identity, and values that become another by the conversion. */
    @Override
    public SqlFragment condition() {
        return sql("l.old_key <> '' AND :intact").with("intact", location.intact(location.exact("t")));
    }

    @Override
    public SqlFragment columns() {
        return sql(", l.old_key AS manifest_key, l.new_key AS manifest_target");
    }

    @Override
    public SqlFragment target() {
        return sql("IF(d.manifest_target IS NULL, :derived, :own)")
                .with("derived", location.target(sql("d.v"), keys))
                .with("own", location.fromUtf8("d.manifest_target"));
    }

    @Override
    public Optional<SourceRecord> record(RowKey rowKey, String value, ResultSet row) throws SQLException {
        if (!Arrays.equals(row.getBytes("manifest_key"), value.getBytes(StandardCharsets.UTF_8))) {
            return Optional.empty();
        }
        Optional<String> target = Optional.ofNullable(row.getBytes("manifest_target"))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        return Optional.of(new SourceRecord(rowKey, value, target));
    }
}
