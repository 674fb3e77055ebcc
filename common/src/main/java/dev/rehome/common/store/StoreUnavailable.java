package dev.rehome.common.store;

import dev.rehome.common.Unavailable;

/** The store can't do it now; asking again later is right. The copy may have happened all the same. */
public final class StoreUnavailable extends Unavailable {
    private static final long serialVersionUID = 1L;

    private final boolean throttled;

    /** {@code throttled}: the store asks us to slow down. */
    public StoreUnavailable(String message, boolean throttled, Throwable cause) {
        super(message, cause);
        this.throttled = throttled;
    }

    /** Whether the store asks us to slow down. */
    public boolean isThrottled() {
        return throttled;
    }
}
