package dev.rehome.common.store;

import java.util.concurrent.CompletionStage;

/**
 * Moves one object from a location to another. Safe for use by any thread; never blocks the caller.
 *
 * <ul>
 *   <li>Bytes, content headers, user metadata and tags arrive unchanged.
 *   <li>A target with different content is never overwritten unless the settings say so; the same content counts as
 *       copied.
 *   <li>Copying twice leaves the same object.
 *   <li>The source is never changed.
 *   <li>If the store's response doesn't show whether the copy happened, the target is inspected.
 * </ul>
 */
@FunctionalInterface
public interface Transfer {
    /**
     * Copies one object.
     *
     * @param target where the copy belongs. A transfer whose target depends on the content, or is assigned by the store,
     *     takes it as the container and prefix, and returns the final location
     * @return completes with the result, or exceptionally with {@link StoreUnavailable}, never with anything else
     */
    CompletionStage<CopyResult> copy(Location source, Location target);
}
