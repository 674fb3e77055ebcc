package dev.rehome.store.s3.lean;

import dev.rehome.store.s3.lean.LeanCopyEngine.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;

/**
 * A connection with at most one request in flight. Used on its event loop only.
 *
 * <p>A response is handed over, and the connection reused, after everything that was read with it: bytes that follow it
 * would otherwise be taken for the response to the next request.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {
    private static final int USUAL_REQUEST = 1_024;

    /** A request and its outcome: exactly one of {@link #responded} and {@link #failed} is called, once. */
    interface Call {
        /**
         * Writes the request. Called when the connection is at hand, so that the signature is fresh; what it throws fails
         * the call, and nothing is sent.
         */
        void write(ByteBuf request);

        /** The whole response is here. */
        void responded(Reply reply);

        /**
         * The request has no usable response. If {@link #write} threw, nothing was sent; otherwise the server may have
         * executed the request.
         */
        void failed(Throwable cause);
    }

    /**
     * A complete response.
     *
     * @param status the status code
     * @param headers its headers
     * @param body its whole body, decoded as UTF-8
     */
    record Reply(int status, HttpHeaders headers, String body) {}

    private final ConnectionPool pool;
    private final Channel channel;
    private final Decoder decoder = new Decoder();
    private final ResponseBody body = new ResponseBody();
    private final ChannelFutureListener written = this::written;
    private Call call;
    private HttpResponse response;
    /** The response to the call, complete, while more may follow in what is being read. */
    private Reply reply;

    private long startedAt;
    private long lastByteAt = System.nanoTime();
    private boolean closing;

    /** Responses to requests of which none is HEAD or CONNECT. */
    private static final class Decoder extends HttpResponseDecoder {
        Decoder() {
            super(new HttpDecoderConfig().setValidateHeaders(false));
        }

        /** Whether bytes were received that aren't part of a message yet. */
        boolean hasLeftover() {
            return actualReadableBytes() > 0;
        }
    }

    private HttpConnection(ConnectionPool pool, Channel channel) {
        this.pool = pool;
        this.channel = channel;
    }

    /** Adds the HTTP handlers of a connection. */
    static void addTo(Channel channel, ConnectionPool pool) {
        HttpConnection connection = new HttpConnection(pool, channel);
        channel.pipeline()
                .addLast(
                        new ChannelInboundHandlerAdapter() {
                            @Override
                            public void channelRead(ChannelHandlerContext context, Object bytes) {
                                connection.lastByteAt = System.nanoTime();
                                context.fireChannelRead(bytes);
                            }
                        },
                        connection.decoder,
                        connection);
    }

    boolean isOpen() {
        return !closing && channel.isActive();
    }

    boolean isBusy() {
        return call != null;
    }

    /** When the connection was last of use, in nanoseconds of {@link System#nanoTime}. */
    long lastUse() {
        return lastByteAt;
    }

    /** Whether there is a request in flight that has exceeded its limits. */
    boolean isOverdue(long now, Limits limits) {
        return isBusy()
                && (now - lastByteAt > limits.silence().toNanos()
                        || now - startedAt > limits.total().toNanos());
    }

    /** Sends a request; the connection must not be busy. False if the request couldn't be made, so that nothing was sent. */
    boolean send(Call next) {
        ByteBuf request = channel.alloc().directBuffer(USUAL_REQUEST);
        try {
            next.write(request);
        } catch (RuntimeException | Error unsendable) {
            request.release();
            next.failed(unsendable);
            return false;
        }
        call = next;
        startedAt = System.nanoTime();
        lastByteAt = startedAt;
        channel.writeAndFlush(request).addListener(written);
        return true;
    }

    private void written(ChannelFuture write) {
        if (!write.isSuccess()) {
            fail(new IOException("the request wasn't sent: " + write.cause(), write.cause()));
            close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object part) {
        try {
            if (call == null || reply != null) {
                // Nobody waits for it, so the two sides disagree about the connection's state.
                close();
                return;
            }
            DecoderResult decoded = ((HttpObject) part).decoderResult();
            if (decoded.isFailure()) {
                invalid("the response isn't valid HTTP", decoded.cause());
                return;
            }
            if (part instanceof HttpResponse head) {
                response = head;
                body.clear();
            }
            if (part instanceof HttpContent content && !body.append(content.content())) {
                invalid("the response is larger than " + ResponseBody.LARGEST + " bytes", null);
            } else if (part instanceof LastHttpContent) {
                complete();
            }
        } finally {
            ReferenceCountUtil.release(part);
        }
    }

    private void complete() {
        HttpResponse whole = response;
        response = null;
        if (whole == null || whole.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            return;
        }
        reply = new Reply(whole.status().code(), whole.headers(), body.text());
        if (!HttpUtil.isKeepAlive(whole)) {
            close();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        handOver();
        context.fireChannelReadComplete();
    }

    private void handOver() {
        if (reply == null) {
            return;
        }
        Reply whole = reply;
        Call ended = call;
        reply = null;
        call = null;
        if (isOpen() && !decoder.hasLeftover()) {
            pool.free(this);
        } else {
            close();
        }
        ended.responded(whole);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        handOver();
        fail(new IOException("the server closed the connection before its response was complete"));
        pool.closed(this);
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause instanceof IOException ? cause : new IOException(cause.toString(), cause));
        close();
    }

    private void invalid(String problem, Throwable cause) {
        fail(new IOException(problem, cause));
        close();
    }

    /** Ends the request in flight, if there is one. */
    void fail(Throwable cause) {
        Call failed = call;
        call = null;
        reply = null;
        if (failed != null) {
            failed.failed(cause);
        }
    }

    void close() {
        closing = true;
        channel.close();
    }
}
