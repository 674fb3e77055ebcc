package dev.rehome.store.s3.lean;

import dev.rehome.store.s3.lean.HttpExchange.Reply;
import dev.rehome.store.s3.lean.LeanCopyEngine.Limits;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Keep-alive connections to one endpoint on one event loop, one request in flight on each. A request takes the connection
 * that was used last, opens another while the limit allows it, or waits. Every method runs on the event loop.
 *
 * <p>After a failure the server may or may not have executed the request; callers have to determine that.
 */
final class ConnectionPool {
    private static final long SWEEP_MILLIS = 250;

    private final EventLoop loop;
    private final Endpoint endpoint;
    private final Limits limits;
    private final int connections;
    private final Addresses addresses;
    private final Bootstrap bootstrap;
    private final Set<Channel> open = new HashSet<>();
    private final Deque<Channel> idle = new ArrayDeque<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final ScheduledFuture<?> sweep;
    private int connecting;
    private boolean closed;

    /**
     * A server that speaks HTTP/1.1.
     *
     * @param tls whether connections are encrypted; the certificate and the host name are then verified
     * @param host its name or address
     * @param port its TCP port
     */
    record Endpoint(boolean tls, String host, int port) {
        @Override
        public String toString() {
            return (tls ? "https://" : "http://") + host + ":" + port;
        }
    }

    private record Waiting(Supplier<FullHttpRequest> request, CompletableFuture<Reply> reply) {}

    /**
     * Connects at the first request.
     *
     * @param connections how many may be open; further requests wait for one
     * @param tls used if the endpoint speaks TLS
     */
    ConnectionPool(
            EventLoop loop, Endpoint endpoint, int connections, Limits limits, Addresses addresses, SslContext tls) {
        this.loop = loop;
        this.endpoint = endpoint;
        this.connections = connections;
        this.limits = limits;
        this.addresses = addresses;
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        limits.connect().toMillis())
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        if (endpoint.tls()) {
                            // Named by host and port, so that the JVM resumes TLS sessions.
                            SslHandler encryption = tls.newHandler(channel.alloc(), endpoint.host(), endpoint.port());
                            encryption.setHandshakeTimeoutMillis(
                                    limits.connect().toMillis());
                            channel.pipeline().addLast(encryption);
                        }
                        HttpExchange.addTo(channel.pipeline(), ConnectionPool.this);
                    }
                });
        this.sweep = loop.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Sends a request; it is made when a connection is at hand, so that its signature is fresh. */
    void send(Supplier<FullHttpRequest> request, CompletableFuture<Reply> reply) {
        if (closed) {
            reply.completeExceptionally(new IOException("the client is closed"));
            return;
        }
        Channel free = idle.pollLast();
        if (free != null) {
            write(free, new Waiting(request, reply));
            return;
        }
        waiting.add(new Waiting(request, reply));
        connectMore();
    }

    private void connectMore() {
        if (connecting < waiting.size() && open.size() + connecting < connections) {
            connecting++;
            addresses
                    .of(endpoint.host())
                    .whenComplete((address, failure) -> loop.execute(() -> {
                        if (failure == null) {
                            connect(address);
                        } else {
                            notConnected(failure);
                        }
                    }));
        }
    }

    private void connect(InetAddress address) {
        ChannelFuture connection = bootstrap.connect(new InetSocketAddress(address, endpoint.port()));
        connection.addListener(done -> {
            SslHandler encryption =
                    done.isSuccess() ? connection.channel().pipeline().get(SslHandler.class) : null;
            if (encryption == null) {
                connected(connection.channel(), done);
            } else {
                encryption.handshakeFuture().addListener(secured -> connected(connection.channel(), secured));
            }
        });
    }

    private void connected(Channel channel, Future<?> outcome) {
        if (!outcome.isSuccess()) {
            channel.close();
            notConnected(outcome.cause());
            return;
        }
        connecting--;
        if (closed) {
            channel.close();
            return;
        }
        open.add(channel);
        free(channel);
    }

    /** Fails one request for each connection that couldn't be made: otherwise requests to an unreachable endpoint would wait for ever. */
    private void notConnected(Throwable cause) {
        connecting--;
        Waiting next = waiting.poll();
        if (next != null) {
            next.reply().completeExceptionally(new IOException("can't connect to " + endpoint + ": " + cause, cause));
        }
        connectMore();
    }

    /** A connection can take the next request. */
    void free(Channel channel) {
        Waiting next = waiting.poll();
        if (next == null) {
            idle.addLast(channel);
        } else {
            write(channel, next);
        }
    }

    private void write(Channel channel, Waiting next) {
        FullHttpRequest request;
        try {
            request = next.request().get();
        } catch (RuntimeException | Error unsendable) {
            free(channel);
            next.reply().completeExceptionally(unsendable);
            return;
        }
        exchange(channel).begin(next.reply(), System.nanoTime());
        channel.writeAndFlush(request).addListener(written -> {
            if (!written.isSuccess()) {
                exchange(channel).fail(new IOException("the request wasn't sent: " + written.cause(), written.cause()));
                channel.close();
            }
        });
        connectMore();
    }

    private static HttpExchange exchange(Channel channel) {
        return channel.pipeline().get(HttpExchange.class);
    }

    /** A connection is gone. */
    void closed(Channel channel) {
        open.remove(channel);
        idle.remove(channel);
        connectMore();
    }

    private void sweep() {
        long now = System.nanoTime();
        List<Channel> ended = new ArrayList<>();
        for (Channel channel : open) {
            HttpExchange exchange = exchange(channel);
            if (exchange != null && exchange.isOverdue(now, limits)) {
                exchange.fail(new IOException("no complete response within the time limit"));
                ended.add(channel);
            } else if (exchange != null
                    && !exchange.isBusy()
                    && now - exchange.lastUse() > limits.idle().toNanos()) {
                ended.add(channel);
            }
        }
        ended.forEach(Channel::close);
    }

    /** Closes every connection; requests in flight fail. */
    void close() {
        closed = true;
        sweep.cancel(false);
        List.copyOf(open).forEach(Channel::close);
        for (Waiting each = waiting.poll(); each != null; each = waiting.poll()) {
            each.reply().completeExceptionally(new IOException("the client is closed"));
        }
    }
}
