package dev.rehome.common.catalog;

import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.TargetKeyRule;
import java.util.Map;

/**
 * A database under test, prepared for a migration of {@link #KEYS} in windows of {@link #WINDOW} rows, with the
 * application that writes to it. The table's key is a whole number.
 */
public interface CatalogUnderTest extends AutoCloseable {
    /** The keys that are migrated. */
    TargetKeyRule KEYS = new TargetKeyRule("legacy", "new", KeyLayout.PREFIX);

    /** Rows of a window. */
    int WINDOW = 3;

    /** The application inserts or updates a row; the location may be null. */
    void put(int key, String location);

    /** The application deletes a row. */
    void delete(int key);

    /** All rows, by their key. */
    Map<Integer, String> rows();

    /** The view of a producer without a manifest; the same at each call. */
    ProducerCatalog catalog();

    /** The view of a producer with a manifest; the same at each call. */
    ProducerCatalog byManifest();

    /** The view of verification. */
    VerificationCatalog verification();

    /** The view of another producer without a manifest; the caller closes it. */
    ProducerCatalog another();

    /** The table of a view. */
    static CatalogTable table(ProducerCatalog catalog) {
        return catalog.inspect().table().orElseThrow();
    }

    @Override
    void close();
}
