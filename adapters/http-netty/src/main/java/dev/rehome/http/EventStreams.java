package dev.rehome.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The open event streams. Each gets the current event once a second if it has changed, else a comment from time to time. A
 * client that doesn't read misses events, because only the newest is of interest, and is dropped after a while.
 */
final class EventStreams {
    /** How many streams may be open. */
    static final int MAX = 16;

    private static final int COMMENT_AFTER = 15;
    private static final int DROP_AFTER = 30;

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
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream")
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set("X-Accel-Buffering", "no")
                .set("X-Content-Type-Options", "nosniff");
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
        private int blocked;

        Stream(ChannelHandlerContext context) {
            this.context = context;
        }

        @Override
        public void run() {
            if (!context.channel().isWritable()) {
                if (++blocked > DROP_AFTER) {
                    context.close();
                }
                return;
            }
            blocked = 0;
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
