package dev.rehome.emulation.fault;

/** A request that is waited for by bytes that it holds, and what comes of it. Safe for use by any thread. */
public final class Trigger {
    /** When it strikes. */
    enum Moment {
        /** Before the request is passed on. */
        BEFORE,
        /** When the request comes: it is not passed on, and the connection is cut. */
        INSTEAD_OF_REQUEST,
        /** When the reply comes: its first bytes still pass, then the connection is cut. */
        INSTEAD_OF_REPLY,
        /** After the reply was passed on. */
        AFTER_REPLY
    }

    /** What a test does at a moment. */
    @FunctionalInterface
    public interface Deed {
        void run() throws Exception;
    }

    private final String bytes;
    private final Moment moment;
    private final int replyBytes;
    private final boolean once;
    private final Deed deed;
    private int sooner;
    private volatile int struck;

    /**
     * Makes it.
     *
     * @param sooner how many such requests are let pass first
     * @param replyBytes how much of a reply that is cut still passes
     * @param once whether later requests are let pass
     */
    Trigger(String bytes, int sooner, Moment moment, int replyBytes, boolean once, Deed deed) {
        this.bytes = bytes;
        this.sooner = sooner;
        this.moment = moment;
        this.replyBytes = replyBytes;
        this.once = once;
        this.deed = deed;
    }

    /** How often it has struck; counted when its deed is done. */
    public int struck() {
        return struck;
    }

    Moment moment() {
        return moment;
    }

    int replyBytes() {
        return replyBytes;
    }

    /** Whether a request is the one that it waits for. */
    synchronized boolean recognises(String request) {
        if (!request.contains(bytes) || sooner == Integer.MIN_VALUE || sooner-- > 0) {
            return false;
        }
        sooner = once ? Integer.MIN_VALUE : 0;
        return true;
    }

    void strike() {
        try {
            deed.run();
        } catch (Exception failure) {
            // Not counted, so the test that waits for it fails; this says why.
            throw new IllegalStateException("what was to happen at " + bytes, failure);
        }
        synchronized (this) {
            struck++;
        }
    }
}
