package dev.rehome.catalog.mariadb;

import dev.rehome.common.catalog.CatalogContract;
import dev.rehome.common.catalog.CatalogUnderTest;
import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.catalog.Selection;
import dev.rehome.common.catalog.VerificationCatalog;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ExtendWith;

/** The catalog on MariaDB meets the contract. */
@ExtendWith(MariaDbSchemas.class)
class MariaDbCatalogIT extends CatalogContract {
    private final AppSchema schema;

    MariaDbCatalogIT(AppSchema schema) {
        this.schema = schema;
    }

    @Override
    protected CatalogUnderTest open() {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(50))");
        MariaDbCatalog catalog =
                schema.migration().inWindowsOf(CatalogUnderTest.WINDOW).catalog();
        CatalogUnderTest.table(catalog).prepare();
        return new OnMariaDb(
                schema,
                catalog,
                schema.migration().inWindowsOf(CatalogUnderTest.WINDOW).catalog(Selection.MANIFEST));
    }

    private record OnMariaDb(AppSchema schema, MariaDbCatalog catalog, MariaDbCatalog byManifest)
            implements CatalogUnderTest {
        @Override
        public void put(int key, String location) {
            schema.execute("INSERT INTO t VALUES (?, ?) ON DUPLICATE KEY UPDATE image = VALUES(image)", key, location);
        }

        @Override
        public void delete(int key) {
            schema.execute("DELETE FROM t WHERE id = ?", key);
        }

        @Override
        public Map<Integer, String> rows() {
            Map<Integer, String> rows = new TreeMap<>();
            for (List<String> row : schema.rows("SELECT id, image FROM t")) {
                rows.put(Integer.valueOf(row.get(0)), row.get(1));
            }
            return rows;
        }

        @Override
        public VerificationCatalog verification() {
            return catalog;
        }

        @Override
        public ProducerCatalog another() {
            return schema.migration().inWindowsOf(WINDOW).catalog();
        }

        @Override
        public void close() {
            byManifest.close();
            catalog.close();
        }
    }
}
