package dev.rehome.emulation.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** One connection through a {@link TcpProxy}, with a thread for each direction. */
final class ProxiedConnection {
    private static final int BUFFER = 64 << 10;

    private final TcpProxy proxy;
    private final Socket client;
    private final Socket server;
    private volatile boolean swallowed;
    private volatile WireFault onReply;

    ProxiedConnection(TcpProxy proxy, Socket client, Socket server) {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
    }

    void swallow() {
        swallowed = true;
    }

    void passRequests() {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = client.getInputStream();
            OutputStream out = server.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (swallowed) {
                    continue;
                }
                String request = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
                String answer = proxy.answerTo(request).orElse(null);
                if (answer != null) {
                    client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                    continue;
                }
                WireFault fault = proxy.faultOf(request).orElse(null);
                if (fault != null) {
                    switch (fault.moment()) {
                        case BEFORE -> fault.inject();
                        case INSTEAD_OF_REQUEST -> {
                            fault.inject();
                            close();
                        }
                        case INSTEAD_OF_REPLY, AFTER_REPLY -> onReply = fault;
                    }
                }
                out.write(buffer, 0, length);
            }
        } catch (IOException ended) {
            // One side has closed the connection.
        }
        leave();
    }

    void passReplies() {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = server.getInputStream();
            OutputStream out = client.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                TimeUnit.MILLISECONDS.sleep(proxy.delay().toMillis());
                WireFault fault = onReply;
                onReply = null;
                boolean cut = fault != null && fault.moment() == WireFault.Moment.INSTEAD_OF_REPLY;
                if (!swallowed) {
                    out.write(buffer, 0, cut ? Math.min(length, fault.replyBytes()) : length);
                }
                if (fault != null) {
                    fault.inject();
                }
                if (cut) {
                    break;
                }
            }
        } catch (IOException ended) {
            // One side has closed the connection.
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        leave();
    }

    /** Keeps a swallowed connection open at both ends, whatever one of them does. */
    private void leave() {
        if (!swallowed) {
            close();
        }
    }

    void close() {
        proxy.gone(this);
        for (Socket each : new Socket[] {client, server}) {
            try {
                each.close();
            } catch (IOException gone) {
                // The socket is closed already.
            }
        }
    }
}
