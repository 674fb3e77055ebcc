package dev.rehome.store.s3.lean;

import dev.rehome.store.s3.lean.LeanCopyEngine.Limits;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * The last handler of a connection: takes the response to the one request in flight. Used on the connection's event loop
 * only.
 */
final class HttpExchange extends SimpleChannelInboundHandler<FullHttpResponse> {
    /** A response to a copy has a few hundred bytes, and S3 adds white space while it copies. */
    private static final int LARGEST_BODY = 1 << 20;

    /**
     * A complete response.
     *
     * @param status the status code
     * @param headers its headers
     * @param body its whole body, decoded as UTF-8
     */
    record Reply(int status, HttpHeaders headers, String body) {}

    private final ConnectionPool pool;
    private CompletableFuture<Reply> reply;
    private long startedAt;
    private long lastByteAt;

    private HttpExchange(ConnectionPool pool) {
        this.pool = pool;
    }

    /** Adds the HTTP handlers of a connection. */
    static void addTo(ChannelPipeline pipeline, ConnectionPool pool) {
        HttpExchange exchange = new HttpExchange(pool);
        pipeline.addLast(
                new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext context, Object bytes) {
                        exchange.lastByteAt = System.nanoTime();
                        context.fireChannelRead(bytes);
                    }
                },
                new HttpClientCodec(),
                new HttpObjectAggregator(LARGEST_BODY),
                exchange);
    }

    /** Expects the response of the request that is about to be written. */
    void begin(CompletableFuture<Reply> expected, long now) {
        reply = expected;
        startedAt = now;
        lastByteAt = now;
    }

    boolean isBusy() {
        return reply != null;
    }

    /** When the connection was last of use, in nanoseconds of {@link System#nanoTime}. */
    long lastUse() {
        return lastByteAt;
    }

    /** Whether the request in flight has exceeded its limits. */
    boolean isOverdue(long now, Limits limits) {
        return reply != null
                && (now - lastByteAt > limits.silence().toNanos()
                        || now - startedAt > limits.total().toNanos());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
        if (response.decoderResult().isFailure()) {
            fail(new IOException(
                    "the response isn't valid HTTP", response.decoderResult().cause()));
            context.close();
            return;
        }
        if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            return;
        }
        CompletableFuture<Reply> answered = reply;
        reply = null;
        // A response that no request waits for means that the two sides disagree about the connection's state.
        if (answered != null
                && HttpUtil.isKeepAlive(response)
                && context.channel().isActive()) {
            pool.free(context.channel());
        } else {
            context.close();
        }
        if (answered != null) {
            answered.complete(new Reply(
                    response.status().code(),
                    response.headers(),
                    response.content().toString(StandardCharsets.UTF_8)));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(new IOException("the server closed the connection before its response was complete"));
        pool.closed(context.channel());
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause instanceof IOException ? cause : new IOException(cause.toString(), cause));
        context.close();
    }

    /** Ends the request in flight, if there is one. */
    void fail(Throwable cause) {
        CompletableFuture<Reply> failed = reply;
        reply = null;
        if (failed != null) {
            failed.completeExceptionally(cause);
        }
    }
}
