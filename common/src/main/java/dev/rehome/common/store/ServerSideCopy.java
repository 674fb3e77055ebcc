package dev.rehome.common.store;

import java.util.concurrent.CompletionStage;

/**
 * Copies inside a store, so that no byte passes through us. Safe for use by any thread; never blocks the caller.
 *
 * <ul>
 *   <li>Bytes, content headers, user metadata and tags arrive unchanged.
 *   <li>A target with other content is never overwritten unless the settings say so; the same content counts as copied.
 *   <li>Copying twice leaves the same object.
 *   <li>The source is never changed.
 *   <li>An answer that leaves it open whether the copy happened is settled by looking at the target.
 * </ul>
 */
public interface ServerSideCopy {
    /**
     * Copies one object.
     *
     * @return completes with the result, or exceptionally with {@link StoreUnavailable}, never with anything else
     */
    CompletionStage<CopyResult> copy(Location source, Location target);
}
