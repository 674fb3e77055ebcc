package dev.rehome.catalog.mariadb.preflight;

import dev.rehome.catalog.mariadb.sql.ColumnCatalog.Column;
import dev.rehome.catalog.mariadb.sql.Identifiers;
import dev.rehome.catalog.mariadb.sql.LocationColumn;
import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.Sql;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.PreflightFinding;
import java.util.List;
import java.util.Optional;

/** Whether the column can hold locations at all, and those with our prefixes. */
public record LocationChecks(
        Sql sql, TableName table, String name, TargetKeyRule keys, List<PreflightFinding> findings) {
    /** The column, with our prefixes looked at too; empty when a finding says why it can't be used. */
    Optional<LocationColumn> find(List<Column> known) {
        Optional<LocationColumn> usable = usable(known);
        usable.ifPresent(this::hold);
        return usable;
    }

    /** The column; empty when a finding says why it can't be used. */
    Optional<LocationColumn> usable(List<Column> known) {
        Optional<Column> column = known.stream()
                .filter(each -> each.name().equalsIgnoreCase(name))
                .findFirst();
        if (column.isEmpty()) {
            refuse("There is no column " + name + " in " + table + ": check TABLE_COLUMN_NAME_TO_UPDATE. It has "
                    + known.stream().map(Column::name).toList() + ".");
            return Optional.empty();
        }
        Column found = column.get();
        // BINARY pads with zero bytes that can't be told from the value's own.
        boolean fits = found.isText() || (found.isBytes() && !found.dataType().equals("binary"));
        if (!fits || found.generated() || isJson(found)) {
            refuse("The column " + name + " is "
                    + (found.generated() ? "generated" : "of type " + (fits ? "JSON" : found.columnType()))
                    + ": a VARCHAR, TEXT or VARBINARY column that can be updated is needed.");
            return Optional.empty();
        }
        return Optional.of(new LocationColumn(
                found.name(),
                found.columnType(),
                found.charset() == null ? "" : found.charset(),
                found.maxCharacters()));
    }

    /** MariaDB's JSON is a LONGTEXT with a constraint, which no bare key passes. */
    private boolean isJson(Column column) {
        return sql.first(
                        "looking at the column's constraints",
                        "SELECT 1 FROM information_schema.CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = ?"
                                + " AND TABLE_NAME = ? AND LOWER(CHECK_CLAUSE) = LOWER(?)",
                        statement -> {
                            statement.setString(1, table.schema());
                            statement.setString(2, table.table());
                            statement.setString(3, "json_valid(" + Identifiers.name(column.name()) + ")");
                        },
                        row -> true)
                .isPresent();
    }

    /** Whether it can hold a new key at all; the single too long value is found when rows are counted. */
    private void hold(LocationColumn column) {
        String prefix = keys.target();
        if (new LocationSql(column).taken(prefix) >= column.maxCharacters()) {
            refuse("The column " + column.name() + " is " + column.type()
                    + ", which is no room for a key under TARGET_OBJECT_PREFIX: widen it.");
        }
        if (keys.canRemainLegacy()) {
            String legacy = keys.legacy();
            findings.add(PreflightFinding.warning("LEGACY_S3_OBJECT_PREFIX lies in TARGET_OBJECT_PREFIX: a row under '"
                    + legacy
                    + legacy.substring(prefix.length()) + "' would be moved to where it is legacy again; such rows are"
                    + " reported as KEY_REFUSED and keep their key."));
        }
        if (!knows(column, prefix)) {
            refuse("The column's character set " + column.charset() + " can't hold TARGET_OBJECT_PREFIX '" + prefix
                    + "': choose another prefix.");
        }
        if (!knows(column, keys.legacy())) {
            refuse("The column's character set " + column.charset()
                    + " can't hold LEGACY_S3_OBJECT_PREFIX: no row can be legacy.");
        }
    }

    /** Whether the column's character set has all characters of a text. */
    private boolean knows(LocationColumn column, String text) {
        return column.isBinary()
                || sql.first(
                                "trying the column's character set",
                                // The name comes from information_schema, not from a user; a charset can't be a
                                // parameter.
                                "SELECT CONVERT(CONVERT(? USING " + column.charset() + ") USING utf8mb4) = "
                                        + "CONVERT(? USING utf8mb4) COLLATE utf8mb4_nopad_bin",
                                statement -> {
                                    statement.setString(1, text);
                                    statement.setString(2, text);
                                },
                                row -> row.getBoolean(1))
                        .orElse(false);
    }

    private void refuse(String text) {
        findings.add(PreflightFinding.refused(text));
    }
}
