package dev.rehome.common.store;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Lists objects: the list role of a store. Safe for use by any thread. */
@FunctionalInterface
public interface ObjectLister {
    /**
     * One page of the objects whose keys start with the location's, in the byte order of their keys. An object that is
     * written or deleted while pages are read may be listed or not.
     *
     * @param prefix the container and what the keys start with; the empty object key lists the whole container
     * @param after the {@link Page#last} of the page before; empty for the first page
     * @param limit the most objects to return, from 1; a store may return fewer
     * @throws StoreUnavailable if repeating the call later may help
     */
    StoreResult<Page> list(Location prefix, Optional<String> after, int limit);

    /**
     * One page of a listing.
     *
     * @param objects in the byte order of their keys
     * @param last the key after which the next page starts; empty after the last page
     */
    record Page(List<Entry> objects, Optional<String> last) {
        public Page {
            objects = List.copyOf(objects);
            Objects.requireNonNull(last, "last");
        }
    }

    /**
     * One listed object.
     *
     * @param location its address
     * @param size in bytes
     * @param proof evidence of its content, as {@link ObjectStat#proof} gives it; empty if the listing has none
     */
    record Entry(Location location, long size, Optional<ContentProof> proof) {
        public Entry {
            Objects.requireNonNull(location, "location");
            Objects.requireNonNull(proof, "proof");
        }
    }
}
