package dev.rehome.common.store;

import dev.rehome.common.Unavailable;

/** A store can't serve a call now; repeating it later may help. The call may have taken effect nevertheless. */
public final class StoreUnavailable extends Unavailable {
    private static final long serialVersionUID = 1L;

    private final boolean throttled;

    /** {@code throttled}: the store asks for fewer requests. */
    public StoreUnavailable(String message, boolean throttled, Throwable cause) {
        super(message, cause);
        this.throttled = throttled;
    }

    /** Whether the store asks for fewer requests. */
    public boolean isThrottled() {
        return throttled;
    }
}
