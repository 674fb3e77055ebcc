package dev.rehome.catalog.mariadb.scan;

import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.SourceRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Selects the rows of the catalog's table {@code t} that are to be migrated. */
public sealed interface RowFilter permits PrefixFilter, ManifestFilter {
    /** The join that the other parts refer to; may be empty. */
    SqlFragment join();

    /** The condition on a row. */
    SqlFragment condition();

    /** The columns that {@link #record} and {@link #target} read, each with a comma before it; may be empty. */
    SqlFragment columns();

    /** The new location of a record {@code d}. */
    SqlFragment target();

    /**
     * The record of a row that meets the condition. The value is compared once more in Java, byte for byte: no collation
     * of any server version may widen the match.
     *
     * @return empty when the row isn't to be migrated after all
     */
    Optional<SourceRecord> record(RowKey rowKey, String location, ResultSet row) throws SQLException;
}
