package dev.rehome.catalog.mariadb.ledger;

import dev.rehome.catalog.mariadb.sql.ColumnCatalog;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.common.Remains;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Our own tables. The runs are dropped last: without them the others couldn't be identified as ours. */
public record MariaDbRemains(
        JdbcRunner jdbc, MappingSchema schema, ColumnCatalog columns, MappingTableCheck mappingTable)
        implements Remains {
    @Override
    public List<String> names() {
        return tables().stream().map(TableName::toString).sorted().toList();
    }

    private List<TableName> tables() {
        return schema.ownColumns().keySet().stream()
                .filter(table -> !columns.of(table).isEmpty())
                .sorted(Comparator.comparing(schema.runs()::equals))
                .toList();
    }

    @Override
    public void drop() {
        mappingTable.requireOurs(Optional.empty());
        for (TableName table : tables()) {
            jdbc.update(
                    "dropping " + table,
                    SqlFragment.sql("DROP TABLE IF EXISTS :table").with("table", table));
        }
    }
}
