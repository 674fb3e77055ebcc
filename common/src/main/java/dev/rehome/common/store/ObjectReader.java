package dev.rehome.common.store;

import java.io.InputStream;

/** Reads objects: the read role of a store. Safe for use by any thread. */
@FunctionalInterface
public interface ObjectReader {
    /**
     * Opens an object. The caller closes the stream. A connection that breaks while the stream is read causes an
     * {@link java.io.IOException} from the stream; bytes that were read until then are the object's.
     *
     * @return the bytes; a refusal with {@link dev.rehome.common.batch.FailureCode#NOT_FOUND} if the object doesn't exist
     * @throws StoreUnavailable if repeating the call later may help
     */
    StoreResult<InputStream> read(Location location);
}
