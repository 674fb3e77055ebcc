package dev.rehome.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** HTTP servers on 127.0.0.1. */
final class LoopbackHttp {
    private static final int RESPONSE_MILLIS = 30_000;
    private static final byte[] REQUEST =
            "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String STATUS_LINE = "HTTP/1.1 ";

    private LoopbackHttp() {}

    static URI uri(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Whether a server responds to an unsigned request, even with an error. */
    static boolean responds(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(RESPONSE_MILLIS);
            socket.getOutputStream().write(REQUEST);
            byte[] start = socket.getInputStream().readNBytes(STATUS_LINE.length());
            return new String(start, StandardCharsets.US_ASCII).equals(STATUS_LINE);
        }
    }
}
