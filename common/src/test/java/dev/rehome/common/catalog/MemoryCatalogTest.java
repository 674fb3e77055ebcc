package dev.rehome.common.catalog;

import dev.rehome.common.TestClock;
import dev.rehome.common.batch.RowKey;
import java.util.Map;
import java.util.TreeMap;

/** The catalog in memory meets the contract of a real one. */
class MemoryCatalogTest extends CatalogContract {
    @Override
    protected CatalogUnderTest open() {
        MemoryDatabase database = new MemoryDatabase(CatalogUnderTest.KEYS, CatalogUnderTest.WINDOW, new TestClock());
        return new InMemory(database, database.open(), database.open(Selection.MANIFEST));
    }

    private record InMemory(MemoryDatabase database, MemoryCatalog catalog, MemoryCatalog byManifest)
            implements CatalogUnderTest {
        @Override
        public void put(int key, String location) {
            database.rows().put(RowKey.of(Integer.toString(key)), location);
        }

        @Override
        public void delete(int key) {
            database.rows().remove(RowKey.of(Integer.toString(key)));
        }

        @Override
        public Map<Integer, String> rows() {
            Map<Integer, String> rows = new TreeMap<>();
            database.rows().forEach((key, location) -> rows.put(Integer.valueOf(key.toString()), location));
            return rows;
        }

        @Override
        public VerificationCatalog verification() {
            return catalog;
        }

        @Override
        public ProducerCatalog another() {
            return database.open();
        }

        @Override
        public void close() {
            catalog.close();
        }
    }
}
