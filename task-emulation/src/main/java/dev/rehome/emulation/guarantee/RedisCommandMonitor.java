package dev.rehome.emulation.guarantee;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Listens to every command that Redis executes, in order; reconnects after an outage of Redis. */
final class RedisCommandMonitor implements AutoCloseable {
    /** Receives one command; {@code fromScript}: whether a script issued it. */
    @FunctionalInterface
    interface Listener {
        void hear(boolean fromScript, List<String> command);
    }

    private static final Pattern LINE = Pattern.compile("\\+[0-9.]+ \\[[0-9]+ ([^\\]]+)\\] (.*)");
    private static final long AGAIN_MILLIS = 50;

    private final int port;
    private final Runnable onConnect;
    private final Listener listener;
    private final Thread thread = new Thread(this::work, "redis-monitor");
    private volatile Socket socket = new Socket();
    private volatile boolean closed;

    /** Starts listening; {@code onConnect} is called for each new connection, before its first command. */
    RedisCommandMonitor(int port, Runnable onConnect, Listener listener) {
        this.port = port;
        this.onConnect = onConnect;
        this.listener = listener;
        thread.start();
    }

    private void work() {
        try {
            while (!closed) {
                try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    socket = connection;
                    listen(connection);
                } catch (IOException away) {
                    TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen(Socket connection) throws IOException {
        connection.getOutputStream().write("MONITOR\r\n".getBytes(StandardCharsets.US_ASCII));
        onConnect.run();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
        for (String line = lines.readLine(); line != null && !closed; line = lines.readLine()) {
            Matcher known = LINE.matcher(line);
            if (known.matches()) {
                listener.hear(known.group(1).equals("lua"), words(known.group(2)));
            }
        }
    }

    /** The quoted words of a line; escapes with a backslash are left as they are. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"' && start < 0) {
                start = i + 1;
            } else if (c == '"') {
                words.add(text.substring(start, i));
                start = -1;
            }
        }
        return words;
    }

    @Override
    public void close() {
        closed = true;
        try {
            socket.close();
            thread.join();
        } catch (IOException gone) {
            // The socket isn't needed any more, so the error has no consequence.
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
