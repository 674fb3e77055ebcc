package dev.rehome.catalog.mariadb.scan;

import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.SourceRecord;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Which rows are to be moved, as pieces of SQL on the catalog's table under the alias {@code t}. */
public interface Chosen {
    /** What is joined to the table; may be empty. */
    String join();

    /** The condition on a row. */
    String condition();

    /** Sets the condition's parameters; answers the next parameter's index. */
    int bind(PreparedStatement statement, int from) throws SQLException;

    /** Further columns for {@link #record}, each with a comma before it; may be empty. */
    String columns();

    /** Whether the column can't hold the new location, as a condition with parameters of its own. */
    String tooLong();

    /** Sets the parameters of {@link #tooLong}; answers the next parameter's index. */
    int bindTooLong(PreparedStatement statement, int from) throws SQLException;

    /**
     * The record of a row.
     *
     * @param from where the further columns begin
     * @return empty when the row is none to be moved, looked at once more byte for byte: no collation rule of any server
     *     version may widen the match
     */
    Optional<SourceRecord> record(RowKey key, String location, ResultSet row, int from) throws SQLException;
}
