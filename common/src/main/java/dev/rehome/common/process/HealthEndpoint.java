package dev.rehome.common.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A small HTTP endpoint: {@code GET /health} returns 200 and one line while the process is healthy, 503 otherwise. */
public final class HealthEndpoint implements AutoCloseable {
    /**
     * The health of a process.
     *
     * @param healthy whether it works
     * @param text one line about what it is doing
     */
    public record Health(boolean healthy, String text) {}

    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(3);
    private static final int MAX_REQUESTS = 32;
    /** After it the server drops a client that hasn't sent its request; in seconds, read once by the JDK. */
    private static final String REQUEST_TIMEOUT = "sun.net.httpserver.maxReqTime";

    private final HttpSettings settings;
    private final Supplier<Health> health;
    private HttpServer server;
    private ExecutorService threads;

    /** An endpoint that doesn't listen yet. */
    public HealthEndpoint(HttpSettings settings, Supplier<Health> health) {
        this.settings = settings;
        this.health = health;
    }

    /**
     * Listens, if the settings name a port.
     *
     * @throws IOException when the address is in use
     */
    public void start() throws IOException {
        if (settings.port() == 0) {
            return;
        }
        System.getProperties().putIfAbsent(REQUEST_TIMEOUT, "3");
        server = HttpServer.create(new InetSocketAddress(settings.bind(), settings.port()), MAX_REQUESTS);
        // Several threads, because a client that sends half a request blocks one until the request times out.
        threads = new ThreadPoolExecutor(0, MAX_REQUESTS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "http");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/health", this::respond);
        server.start();
    }

    private void respond(HttpExchange exchange) throws IOException {
        Health now = health.get();
        byte[] body = (now.text() + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(now.healthy() ? 200 : 503, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /** Checks a running process of this container: a health check that needs no shell. */
    public static Health check(HttpSettings settings) {
        if (settings.port() == 0) {
            return new Health(
                    false,
                    "There is no health endpoint to ask: expected HTTP_PORT to be the port of the process, it is 0");
        }
        String host = settings.bind().contains(":") ? "[" + settings.bind() + "]" : settings.bind();
        URI address = URI.create("http://" + host + ":" + settings.port() + "/health");
        try {
            // The old client: its classes load in half the time, and start-up is most of a health check.
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout((int) CHECK_TIMEOUT.toMillis());
            connection.setReadTimeout((int) CHECK_TIMEOUT.toMillis());
            int status = connection.getResponseCode();
            InputStream body = status == 200 ? connection.getInputStream() : connection.getErrorStream();
            String text = body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
            connection.disconnect();
            return new Health(status == 200, text.strip());
        } catch (IOException unreachable) {
            return new Health(false, "No response from " + address + ": " + unreachable);
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
            threads.shutdownNow();
        }
    }
}
