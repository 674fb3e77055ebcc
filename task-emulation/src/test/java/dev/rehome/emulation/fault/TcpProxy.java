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

/**
 * Stands before a server on the loopback and passes bytes on, or doesn't. Understands no protocol: a request is
 * recognised by bytes that it holds. Safe for use by any thread.
 */
public final class TcpProxy implements AutoCloseable {
    private volatile int target;
    private final ServerSocket listener;
    private final List<ProxiedConnection> connections = new CopyOnWriteArrayList<>();
    private final List<WireFault> triggers = new CopyOnWriteArrayList<>();
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean closed;

    /** Listens on a free port and passes on to the target port. */
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

    /** Where to connect to. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Leads connections of later on to another port, as a name does that got another address. */
    public void retarget(int port) {
        target = port;
    }

    /** Passes every reply on this much later. */
    public void delay(Duration by) {
        delay = by;
    }

    /** Cuts every connection of this moment. */
    public void cut() {
        connections.forEach(ProxiedConnection::close);
    }

    /** Swallows what the connections of this moment say, both ways, and leaves them open; later ones are sound. */
    public void swallow() {
        connections.forEach(ProxiedConnection::swallow);
    }

    /** Passes the request that holds these bytes on and cuts the connection instead of its reply, once. */
    public WireFault loseReply(String request, int letPass) {
        return cutReply(request, letPass, 0);
    }

    /** The same, but the first bytes of the reply still pass. */
    public WireFault cutReply(String request, int letPass, int bytes) {
        return arm(new WireFault(request, letPass, WireFault.Moment.INSTEAD_OF_REPLY, bytes, true, () -> {}));
    }

    /** Does something each time such a request comes, before it is passed on. */
    public WireFault upon(String request, WireFault.Action deed) {
        return arm(new WireFault(request, 0, WireFault.Moment.BEFORE, 0, false, deed));
    }

    /** Does something once, before such a request is passed on. */
    public WireFault before(String request, int letPass, WireFault.Action deed) {
        return arm(new WireFault(request, letPass, WireFault.Moment.BEFORE, 0, true, deed));
    }

    /** Does something once when such a request comes, and cuts its connection: the request is never passed on. */
    public WireFault insteadOf(String request, int letPass, WireFault.Action deed) {
        return arm(new WireFault(request, letPass, WireFault.Moment.INSTEAD_OF_REQUEST, 0, true, deed));
    }

    /** Does something once, after the reply to such a request was passed on. */
    public WireFault after(String request, int letPass, WireFault.Action deed) {
        return arm(new WireFault(request, letPass, WireFault.Moment.AFTER_REPLY, 0, true, deed));
    }

    private WireFault arm(WireFault armed) {
        triggers.add(armed);
        return armed;
    }

    /** The first trigger that waits for this request. */
    Optional<WireFault> triggerOf(String request) {
        return triggers.stream().filter(each -> each.hits(request)).findFirst();
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
                // Closed, or a client that left at once.
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

    /** Cuts every connection and takes no more: what was here is gone. */
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
