package dev.rehome.common.catalog.mariadb;

import dev.rehome.common.batch.KeyMapping;
import dev.rehome.common.catalog.Finding;
import dev.rehome.common.catalog.LocationColumn;
import dev.rehome.common.catalog.TableName;
import dev.rehome.common.catalog.jdbc.Sql;
import java.util.List;

/** Legacy keys that would fall on one target key when only their last part is kept. Reads the whole table once. */
record FlattenCollisions(Sql sql, TableName table, LocationColumn column, KeyMapping keys) {
    private static final int SHOWN = 20;

    List<Finding> find() {
        LocationSql location = new LocationSql(column);
        String value = location.exact("t");
        String query = "SELECT g.name, g.a, g.b FROM (SELECT SUBSTRING_INDEX(" + value + ", '/', -1) AS name,"
                + " COUNT(DISTINCT " + value + ") AS n, MIN(" + value + ") AS a, MAX(" + value + ") AS b FROM "
                + Quoted.table(table) + " t WHERE " + value + " LIKE ? ESCAPE '|' GROUP BY name) g WHERE g.n > 1 LIMIT "
                + (SHOWN + 1);
        List<String> collisions = sql.list(
                "looking for keys that collide when flattened",
                query,
                statement -> statement.setObject(1, location.parameter(LocationSql.startsWith(keys.legacy()))),
                row -> "'" + location.read(row, 2) + "' and '" + location.read(row, 3) + "'");
        if (collisions.isEmpty()) {
            return List.of();
        }
        String more = collisions.size() > SHOWN ? ", and more" : "";
        return List.of(Finding.refused("KEY_LAYOUT=flatten would let different objects fall on one key: "
                + String.join(", ", collisions.subList(0, Math.min(SHOWN, collisions.size()))) + more
                + ". Rename them, or use KEY_LAYOUT=prefix."));
    }
}
