package dev.rehome.http;

import dev.rehome.common.Unavailable;
import dev.rehome.common.http.AccessRules;
import dev.rehome.common.http.HttpRequest;
import dev.rehome.common.http.HttpResponse;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection: one request, which must arrive within a few seconds, and its response. */
final class Exchange extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final AccessRules rules;
    private final EventStreams streams;
    private final Threads threads;
    private final Duration requestTimeout;
    private ScheduledFuture<?> deadline;
    private boolean hasRequest;

    /**
     * The threads of the handlers.
     *
     * @param health for requests for the health alone: an orchestrator ends a process whose health check has to wait because
     *     other requests wait for the database
     * @param others for all other requests
     */
    record Threads(Executor health, Executor others) {}

    Exchange(AccessRules rules, EventStreams streams, Threads threads, Duration requestTimeout) {
        this.rules = rules;
        this.streams = streams;
        this.threads = threads;
        this.requestTimeout = requestTimeout;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        deadline = context.executor()
                .schedule((Runnable) context::close, requestTimeout.toMillis(), TimeUnit.MILLISECONDS);
        super.channelActive(context);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) {
        if (hasRequest) {
            // It was read together with the first one, and its response might come first.
            return;
        }
        hasRequest = true;
        deadline.cancel(false);
        // A client that sends more before it has its response isn't read any further.
        context.channel().config().setAutoRead(false);
        if (message.decoderResult().isFailure()
                || message.headers().getAll(HttpHeaderNames.HOST).size() > 1) {
            // Its headers may be incomplete, or contradict each other, so the access rules can't judge it.
            respond(context, HttpResponse.text(400, "Expected a valid HTTP request within the size limits"), false);
            return;
        }
        HttpRequest request = request(message);
        if (request.path().equals(HttpServer.EVENTS) && request.method().equals("GET")) {
            stream(context, request);
            return;
        }
        try {
            Executor executor = AccessRules.isHealth(request) ? threads.health() : threads.others();
            executor.execute(
                    () -> respond(context, response(request), request.method().equals("HEAD")));
        } catch (RejectedExecutionException busy) {
            respond(context, HttpResponse.text(503, "Too many requests are waiting for a response"), false);
        }
    }

    private void stream(ChannelHandlerContext context, HttpRequest request) {
        Optional<HttpResponse> refusal = rules.refusal(request);
        if (refusal.isEmpty() && streams.open(context)) {
            // Read on, to notice when the client goes away.
            context.channel().config().setAutoRead(true);
            return;
        }
        HttpResponse response = refusal.orElseGet(
                () -> HttpResponse.text(503, "Too many event streams are open").with("Retry-After", "15"));
        respond(context, AccessRules.secured(response), false);
    }

    private HttpResponse response(HttpRequest request) {
        try {
            return rules.respond(request);
        } catch (Unavailable unavailable) {
            return HttpResponse.text(503, unavailable.getMessage());
        } catch (RuntimeException defect) {
            LOG.error("{} {} failed", request.method(), request.path(), defect);
            return HttpResponse.text(500, "Internal error; the log has the details");
        }
    }

    private static HttpRequest request(FullHttpRequest message) {
        Map<String, String> headers = new TreeMap<>();
        message.headers()
                .forEach(header -> headers.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        return new HttpRequest(
                message.method().name(),
                new QueryStringDecoder(message.uri()).rawPath(),
                headers,
                message.content().toString(StandardCharsets.UTF_8));
    }

    private static void respond(ChannelHandlerContext context, HttpResponse response, boolean head) {
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        FullHttpResponse message = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(response.status()),
                head ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body));
        message.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, response.type())
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        response.headers().forEach((name, value) -> message.headers().set(name, value));
        context.writeAndFlush(message).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("Connection of {} closed", context.channel().remoteAddress(), cause);
        context.close();
    }
}
