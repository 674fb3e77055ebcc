package dev.rehome.store.s3.lean;

import dev.rehome.store.s3.lean.HttpConnection.Call;
import dev.rehome.store.s3.lean.LeanCopyEngine.Limits;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

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
    private final Set<HttpConnection> open = new HashSet<>();
    private final Deque<HttpConnection> idle = new ArrayDeque<>();
    private final Deque<Call> waiting = new ArrayDeque<>();
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
                        HttpConnection.addTo(channel, ConnectionPool.this);
                    }
                });
        this.sweep = loop.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Sends a request on a free connection, or on the next that becomes free. */
    void send(Call call) {
        if (closed) {
            call.failed(new IOException("the client is closed"));
            return;
        }
        HttpConnection free = idle.pollLast();
        while (free != null && !free.isOpen()) {
            free = idle.pollLast();
        }
        if (free == null) {
            waiting.add(call);
            connectMore();
        } else if (!free.send(call)) {
            free(free);
        }
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
        if (!outcome.isSuccess() || !channel.isActive()) {
            channel.close();
            notConnected(outcome.isSuccess() ? new ClosedChannelException() : outcome.cause());
            return;
        }
        connecting--;
        if (closed) {
            channel.close();
            return;
        }
        HttpConnection connection = channel.pipeline().get(HttpConnection.class);
        open.add(connection);
        free(connection);
    }

    /**
     * Fails one request for each connection that couldn't be made: otherwise requests to an unreachable endpoint would wait
     * forever.
     */
    private void notConnected(Throwable cause) {
        connecting--;
        Call next = waiting.poll();
        if (next != null) {
            next.failed(new IOException("can't connect to " + endpoint + ": " + cause, cause));
        }
        connectMore();
    }

    /** A connection can take the next request. */
    void free(HttpConnection connection) {
        Call next = waiting.poll();
        while (next != null && !connection.send(next)) {
            next = waiting.poll();
        }
        if (next == null) {
            idle.addLast(connection);
        }
    }

    /** A connection is gone. */
    void closed(HttpConnection connection) {
        open.remove(connection);
        idle.remove(connection);
        connectMore();
    }

    private void sweep() {
        long now = System.nanoTime();
        List<HttpConnection> ended = open.stream()
                .filter(connection -> connection.isBusy()
                        ? connection.isOverdue(now, limits)
                        : now - connection.lastUse() > limits.idle().toNanos())
                .toList();
        for (HttpConnection connection : ended) {
            connection.close();
            connection.fail(new IOException("no complete response within the time limit"));
        }
    }

    /** Closes every connection; requests in flight fail. */
    void close() {
        closed = true;
        sweep.cancel(false);
        List.copyOf(open).forEach(HttpConnection::close);
        for (Call each = waiting.poll(); each != null; each = waiting.poll()) {
            each.failed(new IOException("the client is closed"));
        }
    }
}
