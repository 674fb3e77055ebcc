package dev.rehome.catalog.mariadb.sql;

/**
 * A table with its schema. Names may contain any character; {@link SqlFragment} quotes them.
 *
 * @param schema never empty
 * @param table never empty
 */
public record TableName(String schema, String table) {
    public TableName {
        if (schema.isEmpty() || table.isEmpty()) {
            throw new IllegalArgumentException(
                    "A table needs a schema and a name, but got '" + schema + "' and '" + table + "'");
        }
    }

    /** The table in the same schema whose name has this suffix. */
    public TableName with(String suffix) {
        return new TableName(schema, table + suffix);
    }

    @Override
    public String toString() {
        return schema + "." + table;
    }
}
