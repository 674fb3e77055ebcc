package dev.rehome.common.catalog.mariadb;

import dev.rehome.common.catalog.TableName;
import dev.rehome.common.catalog.jdbc.Sql;
import dev.rehome.common.catalog.mariadb.ColumnCatalog.Column;
import java.util.List;
import java.util.Optional;

/** Whether the mapping table, if it exists, is ours and of this very migration. */
record MappingOwnership(Sql sql, ColumnCatalog columns, MappingSchema schema, Fingerprint fingerprint) {
    /** Why the mapping table may not be used; empty when it may. */
    Optional<String> refusal() {
        boolean mapping = !columns.of(schema.mapping()).isEmpty();
        List<Column> run = columns.of(schema.runs());
        boolean runs = run.stream().anyMatch(column -> column.name().equals("fingerprint"));
        if (!runs && !run.isEmpty()) {
            return Optional.of(stranger(schema.runs()));
        }
        if (!new ManifestTable(schema.manifest()).isOurs(columns)) {
            return Optional.of(stranger(schema.manifest()));
        }
        if (runs && run.stream().noneMatch(column -> column.name().equals("manifest"))) {
            return Optional.of("The mapping table " + schema.mapping()
                    + " was made by an earlier release: finish its migration with that, or set TEMP_TABLE_FOR_UPDATE to"
                    + " another name");
        }
        if (mapping && (!runs || columns.mappingKey(schema.mapping()).isEmpty())) {
            return Optional.of(stranger(schema.mapping()));
        }
        if (!runs) {
            return Optional.empty();
        }
        return sql
                .list(
                        "reading what the mapping table was made for",
                        "SELECT fingerprint, settings FROM " + Quoted.table(schema.runs()) + " ORDER BY run_no LIMIT 1",
                        Sql::nothing,
                        row -> new Fingerprint(row.getString(2), row.getString(1)))
                .stream()
                .filter(made -> !made.hash().equals(fingerprint.hash()))
                .map(made -> "The mapping table " + schema.mapping() + " was made for other settings: " + made.text()
                        + ". Set TEMP_TABLE_FOR_UPDATE to another name, or restore those settings")
                .findFirst();
    }

    private static String stranger(TableName table) {
        return "The table " + table
                + " exists and is no mapping table of Rehome: set TEMP_TABLE_FOR_UPDATE to another name";
    }
}
