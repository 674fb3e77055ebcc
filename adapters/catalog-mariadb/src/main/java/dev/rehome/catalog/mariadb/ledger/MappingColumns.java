package dev.rehome.catalog.mariadb.ledger;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.sql.ColumnCatalog;
import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.common.catalog.RecordedOutcome.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The mapping table's columns as they were created, even if the catalog's table has changed since.
 *
 * @param key the row key's
 * @param location the old location's
 */
record MappingColumns(MappingKey key, LocationSql location) {
    /** The columns of a mapping table; empty when it doesn't exist. */
    static Optional<MappingColumns> of(ColumnCatalog columns, MappingSchema schema) {
        MappingKey key = new MappingKey(columns.mappingKey(schema.mapping()));
        return columns.of(schema.mapping()).stream()
                .filter(column ->
                        column.name().equals("old_location") && !key.columns().isEmpty())
                .findFirst()
                .map(column -> new MappingColumns(key, new LocationSql(column.asLocation())));
    }

    /** The old location of {@code m} as columns that {@link #oldLocation} reads. */
    SqlFragment oldLocation() {
        return sql("m.old_location, IF(:intact, NULL, CAST(m.old_location AS BINARY)) AS old_bytes")
                .with("intact", location.intact(sql("m.old_location")));
    }

    /** How often the run of {@code m} has worked on the record of {@code m}: the column {@code attempts}. */
    SqlFragment attempts(MappingSchema schema) {
        return schema.sql("""
                1 + (SELECT COUNT(*) FROM :mapping r FORCE INDEX (by_record)
                     WHERE :same AND r.old_location = m.old_location AND r.run_no = m.run_no AND r.outcome = 'REQUEUED')
                AS attempts""").with("same", key.same("r", "m"));
    }

    /** Reads the old location. */
    StoredText oldLocation(ResultSet row) throws SQLException {
        byte[] bytes = row.getBytes("old_bytes");
        return new StoredText(
                location.read(row, "old_location"), Optional.ofNullable(bytes).map(HexFormat.of()::formatHex));
    }
}
