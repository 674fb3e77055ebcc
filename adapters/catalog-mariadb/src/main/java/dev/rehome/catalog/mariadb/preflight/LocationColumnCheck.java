package dev.rehome.catalog.mariadb.preflight;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.name;
import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.sql.ColumnCatalog.Column;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.LocationColumn;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.common.catalog.PreflightFinding;
import java.util.List;
import java.util.Optional;

/** Whether the column can hold locations. */
record LocationColumnCheck(JdbcRunner jdbc, TableName table, String column) {
    List<PreflightFinding> findings(List<Column> known) {
        return refusal(known).map(PreflightFinding::refused).stream().toList();
    }

    /** The column; empty when {@link #findings} says why it can't be used. */
    Optional<LocationColumn> usable(List<Column> known) {
        return refusal(known).isPresent()
                ? Optional.empty()
                : find(known)
                        .map(found -> new LocationColumn(
                                found.name(),
                                found.columnType(),
                                found.charset() == null ? "" : found.charset(),
                                found.maxCharacters()));
    }

    private Optional<Column> find(List<Column> known) {
        return known.stream()
                .filter(each -> each.name().equalsIgnoreCase(column))
                .findFirst();
    }

    private Optional<String> refusal(List<Column> known) {
        Optional<Column> found = find(known);
        if (found.isEmpty()) {
            return Optional.of("There is no column " + column + " in " + table + ", which has "
                    + known.stream().map(Column::name).toList() + ": check TABLE_COLUMN_NAME_TO_UPDATE.");
        }
        return unsuitable(found.get())
                .map(kind -> "The column " + column + " is " + kind
                        + ", but it must be an ordinary VARCHAR, CHAR, TEXT, VARBINARY or BLOB column:"
                        + " check TABLE_COLUMN_NAME_TO_UPDATE.");
    }

    private Optional<String> unsuitable(Column found) {
        if (found.generated()) {
            return Optional.of("generated");
        }
        // BINARY pads with zero bytes, which can't be distinguished from those of the value.
        boolean holdsText =
                found.isText() || (found.isBytes() && !found.dataType().equals("binary"));
        if (!holdsText) {
            return Optional.of("of type " + found.columnType());
        }
        return isJson(found) ? Optional.of("of type JSON") : Optional.empty();
    }

    /** MariaDB's JSON is a LONGTEXT with a constraint that rejects a bare key. */
    private boolean isJson(Column found) {
        return jdbc.first(
                        "reading the column's constraints",
                        sql("""
                                SELECT 1 FROM information_schema.CHECK_CONSTRAINTS
                                WHERE CONSTRAINT_SCHEMA = :schema AND TABLE_NAME = :table
                                AND LOWER(CHECK_CLAUSE) = LOWER(:clause)""")
                                .with("schema", table.schema())
                                .with("table", table.table())
                                .with(
                                        "clause",
                                        "json_valid(" + name(found.name()).statement() + ")"),
                        row -> true)
                .isPresent();
    }
}
