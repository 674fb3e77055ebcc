package dev.rehome.store.s3.lean;

import dev.rehome.store.s3.lean.ConnectionPool.Endpoint;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A server on loopback that does what a test says with each request. Knows only requests without a body. */
final class ScriptedServer implements AutoCloseable {
    /** A complete response, after which the connection stays open. */
    static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

    private final EventLoopGroup threads = new NioEventLoopGroup(1);
    private final AtomicInteger connections = new AtomicInteger();
    private final Channel server;
    private final Optional<SslContext> tls;

    /**
     * Listens on a free port.
     *
     * @param onRequest gets the connection whenever a request is complete; called on the server's only thread
     */
    ScriptedServer(Optional<SslContext> tls, Consumer<Channel> onRequest) {
        this.tls = tls;
        this.server = new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        connections.incrementAndGet();
                        tls.ifPresent(context -> channel.pipeline().addLast(context.newHandler(channel.alloc())));
                        channel.pipeline().addLast(new Requests(onRequest));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    Endpoint endpoint() {
        return new Endpoint(tls.isPresent(), "127.0.0.1", ((InetSocketAddress) server.localAddress()).getPort());
    }

    /** How many connections were made to it so far. */
    int connections() {
        return connections.get();
    }

    /** Sends bytes as they are. */
    static void send(Channel connection, String text) {
        connection.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {
        threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static final class Requests extends SimpleChannelInboundHandler<ByteBuf> {
        private final Consumer<Channel> onRequest;
        private final StringBuilder text = new StringBuilder();

        private Requests(Consumer<Channel> onRequest) {
            this.onRequest = onRequest;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
            text.append(bytes.toString(StandardCharsets.US_ASCII));
            if (text.indexOf("\r\n\r\n") >= 0) {
                text.setLength(0);
                onRequest.accept(context.channel());
            }
        }
    }
}
