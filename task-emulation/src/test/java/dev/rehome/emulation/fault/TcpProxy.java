package dev.rehome.emulation.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A proxy before a server on the loopback that can delay, swallow and cut. It knows no protocol and recognises a request
 * by bytes that it contains. Safe for use by any thread.
 */
public final class TcpProxy implements AutoCloseable {
    private volatile int target;
    private final ServerSocket listener;
    private final List<ProxiedConnection> connections = new CopyOnWriteArrayList<>();
    private final List<WireFault> faults = new CopyOnWriteArrayList<>();
    private volatile Duration delay = Duration.ZERO;
    private volatile Function<String, Optional<String>> answers = request -> Optional.empty();
    private volatile boolean closed;

    /** Listens on a free port and forwards to the target port. */
    public TcpProxy(int target) {
        this(target, InetAddress.getLoopbackAddress(), 0);
    }

    /** The same on one of the loopback's addresses; port 0 for a free one. */
    public TcpProxy(int target, InetAddress address, int port) {
        this.target = target;
        try {
            this.listener = new ServerSocket(port, 64, address);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        daemon("proxy-" + port(), this::accept);
    }

    /** The port to connect to. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Forwards new connections to another port, like a name that resolves to another address. */
    public void retarget(int port) {
        target = port;
    }

    /** Delays every reply by this time. */
    public void delay(Duration by) {
        delay = by;
    }

    /** Cuts every open connection. */
    public void cut() {
        connections.forEach(ProxiedConnection::close);
    }

    /** Swallows all bytes of the open connections in both directions and keeps them open; new connections work. */
    public void swallow() {
        connections.forEach(ProxiedConnection::swallow);
    }

    /** Forwards the request once and cuts the connection instead of its reply. */
    public WireFault loseReply(String request, int letPass) {
        return cutReply(request, letPass, 0);
    }

    /** The same, but forwards the first bytes of the reply. */
    public WireFault cutReply(String request, int letPass, int bytes) {
        return arm(new WireFault(request, letPass, WireFault.Moment.INSTEAD_OF_REPLY, bytes, true, () -> {}));
    }

    /** Executes an action before each such request is forwarded. */
    public WireFault upon(String request, WireFault.Action action) {
        return arm(new WireFault(request, 0, WireFault.Moment.BEFORE, 0, false, action));
    }

    /** Executes an action once, before such a request is forwarded. */
    public WireFault before(String request, int letPass, WireFault.Action action) {
        return arm(new WireFault(request, letPass, WireFault.Moment.BEFORE, 0, true, action));
    }

    /** Executes an action once, and cuts the connection instead of forwarding the request. */
    public WireFault insteadOf(String request, int letPass, WireFault.Action action) {
        return arm(new WireFault(request, letPass, WireFault.Moment.INSTEAD_OF_REQUEST, 0, true, action));
    }

    /** Executes an action once, after the reply to such a request was forwarded. */
    public WireFault after(String request, int letPass, WireFault.Action action) {
        return arm(new WireFault(request, letPass, WireFault.Moment.AFTER_REPLY, 0, true, action));
    }

    private WireFault arm(WireFault armed) {
        faults.add(armed);
        return armed;
    }

    /** Sends replies of its own instead of forwarding the requests for which the function returns one. */
    void answer(Function<String, Optional<String>> replies) {
        answers = replies;
    }

    /** The reply to a request that isn't forwarded. */
    Optional<String> answerTo(String request) {
        return answers.apply(request);
    }

    /** The first fault that hits this request. */
    Optional<WireFault> faultOf(String request) {
        return faults.stream().filter(each -> each.hits(request)).findFirst();
    }

    Duration delay() {
        return delay;
    }

    private void accept() {
        while (!closed) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket();
                try {
                    server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 2_000);
                } catch (IOException away) {
                    client.close();
                    continue;
                }
                ProxiedConnection made = new ProxiedConnection(this, client, server);
                connections.add(made);
                daemon("request", made::passRequests);
                daemon("reply", made::passReplies);
            } catch (IOException ended) {
                // The proxy was closed, or the client left at once.
            }
        }
    }

    void gone(ProxiedConnection connection) {
        connections.remove(connection);
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        vanish();
    }

    /** Cuts every connection and accepts no more. */
    public void vanish() {
        closed = true;
        try {
            listener.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
        cut();
    }
}
