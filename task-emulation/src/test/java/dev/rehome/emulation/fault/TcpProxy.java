package dev.rehome.emulation.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Stands before a server on the loopback and passes bytes on, or doesn't. Understands no protocol: a request is
 * recognised by bytes that it holds. Safe for use by any thread.
 */
public final class TcpProxy implements AutoCloseable {
    private final int target;
    private final ServerSocket listener;
    private final List<ProxiedConnection> connections = new CopyOnWriteArrayList<>();
    private volatile Trigger trigger = Trigger.NONE;
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean closed;

    /** Listens on a free port and passes on to the target port. */
    public TcpProxy(int target) {
        this.target = target;
        try {
            this.listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        daemon("proxy-" + port(), this::accept);
    }

    /** Where to connect to. */
    public int port() {
        return listener.getLocalPort();
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
    public Trigger loseReply(String request, int sooner) {
        return arm(new Trigger(request, sooner, 0, true, any -> {}));
    }

    /** The same, but the first bytes of the reply still pass. */
    public Trigger cutReply(String request, int sooner, int bytes) {
        return arm(new Trigger(request, sooner, bytes, true, any -> {}));
    }

    /** Does something each time such a request comes, before it is passed on. */
    public Trigger upon(String request, Runnable deed) {
        return arm(new Trigger(request, 0, 0, false, any -> deed.run()));
    }

    private Trigger arm(Trigger armed) {
        trigger = armed;
        return armed;
    }

    Trigger trigger() {
        return trigger;
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
        closed = true;
        try {
            listener.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
        cut();
    }

    /** Bytes by which a request is recognised, and what comes of it. */
    public static final class Trigger {
        static final Trigger NONE = new Trigger("\0 never \0", 0, 0, false, any -> {});

        private final String bytes;
        private final int replyBytes;
        private final boolean cuts;
        private final Consumer<Trigger> deed;
        private int sooner;
        private volatile int struck;

        Trigger(String bytes, int sooner, int replyBytes, boolean cuts, Consumer<Trigger> deed) {
            this.bytes = bytes;
            this.sooner = sooner;
            this.replyBytes = replyBytes;
            this.cuts = cuts;
            this.deed = deed;
        }

        /** How often it has struck. */
        public int struck() {
            return struck;
        }

        int replyBytes() {
            return replyBytes;
        }

        /** Looks at a request; answers whether its reply is to be cut. */
        boolean cutsReplyTo(String request) {
            if (!request.contains(bytes)) {
                return false;
            }
            synchronized (this) {
                if ((cuts && struck > 0) || sooner-- > 0) {
                    return false;
                }
                struck++;
            }
            deed.accept(this);
            return cuts;
        }
    }
}
