package dev.rehome.catalog.mariadb;

import dev.rehome.common.catalog.CatalogContract;
import dev.rehome.common.catalog.CatalogUnderTest;
import dev.rehome.common.catalog.CatalogWriter;
import dev.rehome.common.catalog.MappingTable;
import dev.rehome.common.catalog.RecordScanner;
import dev.rehome.common.catalog.RunLedger;
import dev.rehome.common.catalog.Selection;
import dev.rehome.common.catalog.TableProfile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ExtendWith;

/** The catalog on MariaDB is held to the contract. */
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
        TableProfile profile = catalog.inspect().profile().orElseThrow();
        catalog.prepare(profile);
        return new OnMariaDb(
                schema,
                catalog,
                schema.migration().inWindowsOf(CatalogUnderTest.WINDOW).catalog(Selection.MANIFEST),
                profile);
    }

    private record OnMariaDb(AppSchema schema, MariaDbCatalog catalog, MariaDbCatalog byManifest, TableProfile profile)
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
        public RecordScanner scanner() {
            return catalog.scanner(profile);
        }

        @Override
        public RecordScanner listed() {
            return byManifest.scanner(profile);
        }

        @Override
        public Optional<String> loadedManifest() {
            return catalog.loadedManifest();
        }

        @Override
        public MappingTable mappings() {
            return catalog.mappings();
        }

        @Override
        public CatalogWriter session() {
            return catalog.session(profile);
        }

        @Override
        public RunLedger runs() {
            return catalog.runs();
        }

        @Override
        public void close() {
            byManifest.close();
            catalog.close();
        }
    }
}
