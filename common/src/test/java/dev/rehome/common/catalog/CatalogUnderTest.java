package dev.rehome.common.catalog;

import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.TargetKeyRule;
import java.util.Map;
import java.util.Optional;

/**
 * A catalog under test: a prepared migration of {@link #KEYS}, read in windows of {@link #WINDOW} rows, and the live
 * application beside it. Its key is a whole number.
 */
public interface CatalogUnderTest extends AutoCloseable {
    /** What is moved. */
    TargetKeyRule KEYS = new TargetKeyRule("legacy", "new", KeyLayout.PREFIX);

    /** Rows of a window. */
    int WINDOW = 3;

    /** The application writes a row, whether it exists or not; null is no location. */
    void put(int key, String location);

    /** The application deletes a row. */
    void delete(int key);

    /** All rows, by their key. */
    Map<Integer, String> rows();

    /** The view of the scan. */
    RecordScanner scanner();

    /** The view of the scan by the manifest. */
    RecordScanner listed();

    /** The identity of the manifest that is loaded whole. */
    Optional<String> loadedManifest();

    /** The consumers' view. */
    MappingTable mappings();

    /** A new session of a producer; the caller closes it. */
    CatalogWriter session();

    /** The runs. */
    RunLedger runs();

    @Override
    void close();
}
