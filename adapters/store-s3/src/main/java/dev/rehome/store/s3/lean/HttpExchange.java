package dev.rehome.store.s3.lean;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * The last handler of a connection: gathers the response of the one request in flight. Used on the connection's event
 * loop only.
 */
final class HttpExchange extends SimpleChannelInboundHandler<HttpObject> {
    /** A response to a copy has a few hundred bytes, and S3 adds white space while it copies. */
    private static final int LARGEST_BODY = 1 << 20;

    private final ConnectionPool pool;
    private CompletableFuture<HttpReply> reply;
    private HttpResponse head;
    private CompositeByteBuf body;
    private long startedAt;
    private long lastByteAt;

    HttpExchange(ConnectionPool pool) {
        this.pool = pool;
    }

    /** Expects the response of the request that is about to be written. */
    void begin(CompletableFuture<HttpReply> expected, long now) {
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

    /** Whether the request in flight has outlived its limits. */
    boolean isOverdue(long now, HttpLimits limits) {
        return reply != null
                && (now - lastByteAt > limits.silence().toNanos()
                        || now - startedAt > limits.total().toNanos());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        lastByteAt = System.nanoTime();
        if (reply == null) {
            // The server speaks unasked: what follows can't be assigned to a request.
            context.close();
            return;
        }
        if (part.decoderResult().isFailure()) {
            fail(new IOException(
                    "the response isn't valid HTTP", part.decoderResult().cause()));
            context.close();
            return;
        }
        if (part instanceof HttpResponse response) {
            head = response;
            body = context.alloc().compositeBuffer(64);
        }
        if (part instanceof HttpContent content && content.content().isReadable()) {
            ByteBuf bytes = content.content();
            if (body.readableBytes() + bytes.readableBytes() > LARGEST_BODY) {
                fail(new IOException("the response has more than " + LARGEST_BODY + " bytes"));
                context.close();
                return;
            }
            body.addComponent(true, bytes.retain());
        }
        if (part instanceof LastHttpContent) {
            end(context);
        }
    }

    private void end(ChannelHandlerContext context) {
        if (head.status().code() / 100 == 1) {
            release();
            return;
        }
        HttpReply complete = new HttpReply(head.status().code(), head.headers(), body.toString(StandardCharsets.UTF_8));
        boolean reusable = HttpUtil.isKeepAlive(head) && context.channel().isActive();
        CompletableFuture<HttpReply> answered = reply;
        reply = null;
        release();
        if (reusable) {
            pool.free(context.channel());
        } else {
            context.close();
        }
        answered.complete(complete);
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
        CompletableFuture<HttpReply> failed = reply;
        reply = null;
        release();
        if (failed != null) {
            failed.completeExceptionally(cause);
        }
    }

    private void release() {
        head = null;
        if (body != null) {
            body.release();
            body = null;
        }
    }
}
