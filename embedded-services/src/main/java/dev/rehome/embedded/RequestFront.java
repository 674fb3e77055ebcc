package dev.rehome.embedded;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.shaded.org.eclipse.jetty.server.Handler;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Response;
import org.gaul.shaded.org.eclipse.jetty.server.Server;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;

/**
 * A handler in front of S3Proxy's own: delays each request without blocking a thread, and evaluates the one header that
 * S3Proxy ignores.
 */
final class RequestFront extends Handler.Wrapper {
    private final ConditionalCopies store;
    private final Duration latency;

    private RequestFront(Handler next, ConditionalCopies store, Duration latency) {
        super(next);
        this.store = store;
        this.latency = latency;
    }

    /** Call before the proxy is started. */
    static void placeBefore(S3Proxy proxy, ConditionalCopies store, Duration latency)
            throws ReflectiveOperationException {
        // S3Proxy's own latency middleware blocks a thread for each step of a request, and a copy has several steps.
        // S3Proxy doesn't expose its server, so this reads a private field; the version of S3Proxy is pinned.
        Field field = S3Proxy.class.getDeclaredField("server");
        field.setAccessible(true);
        Server server = (Server) field.get(proxy);
        server.setHandler(new RequestFront(server.getHandler(), store, latency));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (latency.isZero()) {
            return proceed(request, response, callback);
        }
        request.getComponents()
                .getScheduler()
                .schedule(
                        () -> request.getComponents()
                                .getExecutor()
                                .execute(() -> proceedLate(request, response, callback)),
                        latency.toMillis(),
                        TimeUnit.MILLISECONDS);
        return true;
    }

    private void proceedLate(Request request, Response response, Callback callback) {
        try {
            if (!proceed(request, response, callback)) {
                Response.writeError(request, response, callback, 404);
            }
        } catch (Throwable failure) {
            // handle() has accepted the request, so it must get a response in every case.
            Response.writeError(request, response, callback, failure);
        }
    }

    private boolean proceed(Request request, Response response, Callback callback) throws Exception {
        store.onlyIfAbsent("*".equals(request.getHeaders().get("If-None-Match")));
        return super.handle(request, response, callback);
    }
}
