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
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** A small HTTP endpoint: {@code /health} answers 200 with one line while the process works, 503 otherwise. */
public final class HealthEndpoint implements AutoCloseable {
    /**
     * What the process says of itself.
     *
     * @param healthy whether it works
     * @param text one line that says what it does
     */
    public record Health(boolean healthy, String text) {}

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final HttpSettings settings;
    private final Supplier<Health> health;
    private HttpServer server;

    /** Makes one that doesn't listen yet. */
    public HealthEndpoint(HttpSettings settings, Supplier<Health> health) {
        this.settings = settings;
        this.health = health;
    }

    /**
     * Listens, if the settings name a port.
     *
     * @throws IOException when the address is taken
     */
    public void start() throws IOException {
        if (settings.port() == 0) {
            return;
        }
        server = HttpServer.create(new InetSocketAddress(settings.bind(), settings.port()), 16);
        server.setExecutor(Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "http");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/health", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        Health now = health.get();
        byte[] body = (now.text() + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(now.healthy() ? 200 : 503, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /** Asks a running process of this container whether it works: the health check that needs no shell. */
    public static Health ask(HttpSettings settings) {
        String host = settings.bind().contains(":") ? "[" + settings.bind() + "]" : settings.bind();
        URI address = URI.create("http://" + host + ":" + settings.port() + "/health");
        try {
            // The old client: its classes load in half the time, and a health check is all start-up.
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout((int) PATIENCE.toMillis());
            connection.setReadTimeout((int) PATIENCE.toMillis());
            int status = connection.getResponseCode();
            InputStream body = status == 200 ? connection.getInputStream() : connection.getErrorStream();
            String text = body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
            connection.disconnect();
            return new Health(status == 200, text.strip());
        } catch (IOException silent) {
            return new Health(false, "No answer from " + address + ": " + silent);
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
        }
    }
}
