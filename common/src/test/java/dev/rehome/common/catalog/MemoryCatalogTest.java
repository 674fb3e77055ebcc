package dev.rehome.common.catalog;

import dev.rehome.common.TestClock;
import dev.rehome.common.batch.RowKey;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The fake is held to what the real catalog is held to. */
class MemoryCatalogTest extends CatalogContract {
    @Override
    protected CatalogUnderTest open() {
        return new InMemory(new MemoryCatalog(CatalogUnderTest.KEYS, CatalogUnderTest.WINDOW, new TestClock()));
    }

    private record InMemory(MemoryCatalog catalog) implements CatalogUnderTest {
        @Override
        public void put(int key, String location) {
            catalog.rows().put(RowKey.of(Integer.toString(key)), location);
        }

        @Override
        public void delete(int key) {
            catalog.rows().remove(RowKey.of(Integer.toString(key)));
        }

        @Override
        public Map<Integer, String> rows() {
            Map<Integer, String> rows = new TreeMap<>();
            catalog.rows().forEach((key, location) -> rows.put(Integer.valueOf(key.toString()), location));
            return rows;
        }

        @Override
        public RecordScanner scanner() {
            return catalog.scanner();
        }

        @Override
        public RecordScanner listed() {
            return catalog.listed();
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
            return catalog.session();
        }

        @Override
        public RunLedger runs() {
            return catalog.runs();
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
