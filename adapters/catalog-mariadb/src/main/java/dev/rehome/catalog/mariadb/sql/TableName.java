package dev.rehome.catalog.mariadb.sql;

/**
 * A table of a schema; any characters, quoted only where SQL is made.
 *
 * @param schema never empty
 * @param table never empty
 */
public record TableName(String schema, String table) {
    public TableName {
        if (schema.isEmpty() || table.isEmpty()) {
            throw new IllegalArgumentException("A table has a schema and a name");
        }
    }

    /** The table of the same schema whose name has an ending added. */
    public TableName with(String ending) {
        return new TableName(schema, table + ending);
    }

    @Override
    public String toString() {
        return schema + "." + table;
    }
}
