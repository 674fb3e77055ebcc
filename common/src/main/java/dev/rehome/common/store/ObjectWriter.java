package dev.rehome.common.store;

import java.io.InputStream;

/** Writes objects: the write role of a store. Safe for use by any thread. */
@FunctionalInterface
public interface ObjectWriter {
    /**
     * Writes an object as a whole or not at all; an object that is there already is replaced. After an exception either
     * the old or the new content is there.
     *
     * @param content the bytes; read to the end, not closed
     * @param size how many bytes {@code content} has
     * @return the proof of what was written
     * @throws StoreUnavailable if repeating the call later may help, with a stream that starts at the beginning again
     */
    StoreResult<ContentProof> write(Location location, InputStream content, long size);
}
