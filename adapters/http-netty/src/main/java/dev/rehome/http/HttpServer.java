package dev.rehome.http;

import dev.rehome.common.http.AccessRules;
import dev.rehome.common.http.HttpHandler;
import dev.rehome.common.process.HttpSettings;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Serves requests and one event stream. A client that sends or reads slowly, or not at all, occupies one connection for a
 * few seconds and delays no other: one thread does all input and output without blocking, a small bounded pool runs the
 * handlers, and a thread of its own responds to health checks. Connections, event streams, the size of a request and waiting
 * requests are bounded; anything above a bound is rejected.
 */
public final class HttpServer implements AutoCloseable {
    /** The path of the event stream. */
    public static final String EVENTS = "/api/events";

    private static final int MAX_CONNECTIONS = 256;
    private static final int MAX_LINE = 8_192;
    private static final int MAX_HEADERS = 16_384;
    private static final int MAX_BODY = 65_536;
    private static final int HANDLER_THREADS = 4;
    private static final int WAITING_REQUESTS = 64;
    private static final int THREAD_KEPT_SECONDS = 10;
    private static final int WRITE_TIMEOUT_SECONDS = 15;
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    private final HttpSettings settings;
    private final AccessRules rules;
    private final Supplier<String> events;
    private final Duration requestTimeout;
    private EventLoopGroup io;
    private ThreadPoolExecutor health;
    private ThreadPoolExecutor others;
    private Channel listening;

    /**
     * A server that doesn't listen yet.
     *
     * @param openPaths the paths that need no token; they must not show data
     * @param handler responds to the requests that the access rules let through
     * @param events the text of the current event, which each stream gets when it changes; empty for none
     */
    public HttpServer(HttpSettings settings, Set<String> openPaths, HttpHandler handler, Supplier<String> events) {
        this(settings, openPaths, handler, events, REQUEST_TIMEOUT);
    }

    /** The same; a connection whose request takes longer than {@code requestTimeout} to arrive is closed. */
    HttpServer(
            HttpSettings settings,
            Set<String> openPaths,
            HttpHandler handler,
            Supplier<String> events,
            Duration requestTimeout) {
        this.settings = settings;
        this.rules = new AccessRules(settings, openPaths, handler);
        this.events = events;
        this.requestTimeout = requestTimeout;
    }

    /**
     * Listens, if the settings name a port.
     *
     * @throws IOException when it can't, for instance because the address is in use
     */
    public void start() throws IOException {
        if (settings.port() == 0) {
            return;
        }
        io = new NioEventLoopGroup(1, new DefaultThreadFactory("http", true));
        health = threads("http-health", 1);
        others = threads("http-handler", HANDLER_THREADS);
        EventStreams streams = new EventStreams(events);
        AtomicInteger connections = new AtomicInteger();
        ServerBootstrap server = new ServerBootstrap()
                .group(io)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        if (connections.incrementAndGet() > MAX_CONNECTIONS) {
                            channel.close();
                        }
                        channel.closeFuture().addListener(closed -> connections.decrementAndGet());
                        channel.pipeline()
                                .addLast(new WriteTimeoutHandler(WRITE_TIMEOUT_SECONDS))
                                .addLast(new HttpServerCodec(MAX_LINE, MAX_HEADERS, MAX_LINE))
                                .addLast(new HttpObjectAggregator(MAX_BODY, true))
                                .addLast(new Exchange(
                                        rules, streams, new Exchange.Threads(health, others), requestTimeout));
                    }
                });
        ChannelFuture bound = server.bind(new InetSocketAddress(settings.bind(), settings.port()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            close();
            throw new IOException(
                    "Can't listen on HTTP_BIND=" + settings.bind() + ", HTTP_PORT=" + settings.port() + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        listening = bound.channel();
    }

    private static ThreadPoolExecutor threads(String name, int number) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                number,
                number,
                THREAD_KEPT_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_REQUESTS),
                new DefaultThreadFactory(name, true));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    @Override
    public void close() {
        if (listening != null) {
            listening.close().awaitUninterruptibly();
        }
        if (io != null) {
            io.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
            health.shutdownNow();
            others.shutdownNow();
        }
    }
}
