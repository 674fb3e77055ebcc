package dev.rehome.store.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Forwards requests to a server and closes the connection in the middle of each response to a PUT. */
final class ResponseCutter implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");

    private final URI server;
    private final ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile int kept = Integer.MAX_VALUE;
    private volatile int length;

    ResponseCutter(URI server) throws IOException {
        this.server = server;
        threads.execute(this::accept);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /** Cuts each further response to a PUT after this many bytes. */
    void keep(int bytes) {
        kept = bytes;
    }

    /** The length of the latest response to a PUT, before it was cut. */
    int length() {
        return length;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                threads.execute(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            for (byte[] request = message(client.getInputStream(), false);
                    request.length > 0;
                    request = message(client.getInputStream(), false)) {
                String method = new String(request, 0, 4, StandardCharsets.US_ASCII);
                byte[] response = forward(request, method.equals("HEAD"));
                if (method.equals("PUT ")) {
                    length = response.length;
                    client.getOutputStream().write(response, 0, Math.min(kept, response.length));
                    if (kept < response.length) {
                        return;
                    }
                } else {
                    client.getOutputStream().write(response);
                }
            }
        } catch (IOException closed) {
            if (!socket.isClosed() && !client.isClosed()) {
                throw new UncheckedIOException(closed);
            }
        }
    }

    private byte[] forward(byte[] request, boolean isHead) throws IOException {
        try (Socket upstream = new Socket(server.getHost(), server.getPort())) {
            upstream.getOutputStream().write(request);
            return message(upstream.getInputStream(), isHead);
        }
    }

    /** A request or response with its body; empty at the end of the connection. */
    private static byte[] message(InputStream in, boolean isBodyless) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return new byte[0];
            }
            head.write(next);
        }
        Matcher header = LENGTH.matcher(head.toString(StandardCharsets.ISO_8859_1));
        byte[] body = isBodyless || !header.find() ? new byte[0] : in.readNBytes(Integer.parseInt(header.group(1)));
        byte[] message = Arrays.copyOf(head.toByteArray(), head.size() + body.length);
        System.arraycopy(body, 0, message, head.size(), body.length);
        return message;
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
