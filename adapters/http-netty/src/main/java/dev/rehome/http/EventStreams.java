package dev.rehome.http;

import dev.rehome.common.http.AccessRules;
import dev.rehome.common.http.HttpResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The open event streams. Each gets the current event once a second if it has changed, and a comment after fifteen seconds
 * without one. A client that reads slowly misses events, because only the newest is of interest; one that reads nothing is
 * dropped by the time limit of a write.
 */
final class EventStreams {
    /** How many streams may be open. */
    static final int MAX = 16;

    private static final int COMMENT_AFTER = 15;
    /** The added header asks proxies not to hold events back. */
    private static final HttpResponse RESPONSE =
            AccessRules.secured(HttpResponse.of(200, "text/event-stream", "").with("X-Accel-Buffering", "no"));

    private final Supplier<String> events;
    private final AtomicInteger open = new AtomicInteger();

    EventStreams(Supplier<String> events) {
        this.events = events;
    }

    /** Opens a stream; false when too many are open. */
    boolean open(ChannelHandlerContext context) {
        if (open.incrementAndGet() > MAX) {
            open.decrementAndGet();
            return false;
        }
        DefaultHttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        RESPONSE.headers().forEach((name, value) -> head.headers().set(name, value));
        head.headers().set(HttpHeaderNames.CONTENT_TYPE, RESPONSE.type());
        HttpUtil.setTransferEncodingChunked(head, true);
        context.writeAndFlush(head);
        Stream stream = new Stream(context);
        ScheduledFuture<?> ticks = context.executor().scheduleAtFixedRate(stream, 0, 1, TimeUnit.SECONDS);
        context.channel().closeFuture().addListener(closed -> {
            ticks.cancel(false);
            open.decrementAndGet();
        });
        return true;
    }

    /** One stream; on the thread of input and output. */
    private final class Stream implements Runnable {
        private final ChannelHandlerContext context;
        private String last = "";
        private int quiet;

        Stream(ChannelHandlerContext context) {
            this.context = context;
        }

        @Override
        public void run() {
            if (!context.channel().isWritable()) {
                return;
            }
            String now = events.get();
            if (!now.isEmpty() && !now.equals(last)) {
                last = now;
                quiet = 0;
                send("event: snapshot\ndata: " + now.replace("\n", "\ndata: ") + "\n\n");
            } else if (++quiet >= COMMENT_AFTER) {
                quiet = 0;
                send(": nothing new\n\n");
            }
        }

        private void send(String text) {
            ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
            context.writeAndFlush(new DefaultHttpContent(bytes));
        }
    }
}
