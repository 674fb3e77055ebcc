package dev.rehome.emulation.fault;

/** A fault that a {@link TcpProxy} injects when it sees a certain request. Safe for use by any thread. */
public final class WireFault {
    /** When the fault is injected, and whether request and reply still pass. */
    enum Moment {
        /** Before the request is passed on. */
        BEFORE,
        /** When the request arrives: it is not passed on, and the connection is cut. */
        INSTEAD_OF_REQUEST,
        /** When the reply arrives: its first bytes still pass, then the connection is cut. */
        INSTEAD_OF_REPLY,
        /** After the reply was passed on. */
        AFTER_REPLY
    }

    /** The action of a test. */
    @FunctionalInterface
    public interface Action {
        void run() throws Exception;
    }

    private final String request;
    private final Moment moment;
    private final int replyBytes;
    private final boolean once;
    private final Action action;
    private int letPass;
    private boolean spent;
    private int injected;

    /**
     * Makes a fault.
     *
     * @param request bytes by which the request is recognised
     * @param letPass the number of such requests before the one that is hit
     * @param replyBytes how much of a reply that is cut still passes
     * @param once whether only one request is hit, or every further one too
     */
    WireFault(String request, int letPass, Moment moment, int replyBytes, boolean once, Action action) {
        this.request = request;
        this.letPass = letPass;
        this.moment = moment;
        this.replyBytes = replyBytes;
        this.once = once;
        this.action = action;
    }

    /** How often it was injected; counted when its action has ended. */
    public synchronized int injected() {
        return injected;
    }

    Moment moment() {
        return moment;
    }

    int replyBytes() {
        return replyBytes;
    }

    /** Whether these bytes are the request to hit; counts the requests that it lets pass. */
    synchronized boolean hits(String bytes) {
        if (spent || !bytes.contains(request)) {
            return false;
        }
        if (letPass > 0) {
            letPass--;
            return false;
        }
        spent = once;
        return true;
    }

    void inject() {
        try {
            action.run();
        } catch (Exception failure) {
            // Not counted as injected, so the test fails; this gives the cause.
            throw new IllegalStateException("the action at the request '" + request + "' failed", failure);
        }
        synchronized (this) {
            injected++;
        }
    }
}
