package dev.rehome.store.s3.lean;

import dev.rehome.store.s3.lean.ConnectionPool.Endpoint;
import dev.rehome.store.s3.lean.HttpConnection.Call;
import io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * One event loop's part of the engine. A copy that is started on the loop's own thread is sent without waking another
 * thread. Safe for use by any thread, except where a method says that it belongs to the loop.
 */
final class EventLoopSender {
    private final EventLoop loop;
    private final Function<Endpoint, ConnectionPool> connect;
    private final AtomicInteger inFlight = new AtomicInteger();
    /** Used on the loop's thread only. */
    private final Map<Endpoint, ConnectionPool> pools = new HashMap<>();
    /** Used on the loop's thread only. A template is made once for two buckets, so that it can be found by its identity. */
    private final IdentityHashMap<CopyTemplate, CopyRequestWriter> writers = new IdentityHashMap<>();

    /** {@code connect}: makes the connections to an endpoint. */
    EventLoopSender(EventLoop loop, Function<Endpoint, ConnectionPool> connect) {
        this.loop = loop;
        this.connect = connect;
    }

    /**
     * The sender of the current thread unless it has its share in flight; otherwise the one with the fewest requests in
     * flight.
     */
    static EventLoopSender best(List<EventLoopSender> all, int share) {
        EventLoopSender best = all.get(0);
        for (EventLoopSender each : all) {
            if (each.loop.inEventLoop() && each.inFlight.get() < share) {
                return each;
            }
            if (each.inFlight.get() < best.inFlight.get()) {
                best = each;
            }
        }
        return best;
    }

    /**
     * Sends a request.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the loop has ended
     */
    void submit(Endpoint endpoint, Call call) {
        inFlight.incrementAndGet();
        if (loop.inEventLoop()) {
            send(endpoint, call);
        } else {
            loop.execute(() -> send(endpoint, call));
        }
    }

    private void send(Endpoint endpoint, Call call) {
        pools.computeIfAbsent(endpoint, connect).send(call);
    }

    /** A request has ended. */
    void ended() {
        inFlight.decrementAndGet();
    }

    /** Writes this template's requests; to be called and used on the loop's thread. */
    CopyRequestWriter writer(CopyTemplate template) {
        return writers.computeIfAbsent(template, CopyRequestWriter::new);
    }

    /** Closes every connection; requests in flight fail. */
    void close() {
        loop.execute(() -> pools.values().forEach(ConnectionPool::close));
    }
}
