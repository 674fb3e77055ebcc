package dev.rehome.common.process;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks a running process of this container for its health: a health check that needs no shell. */
public final class HealthCheck {
    /**
     * The health of a process.
     *
     * @param healthy whether it works
     * @param text one line about what it is doing
     */
    public record Health(boolean healthy, String text) {}

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private HealthCheck() {}

    /** The response of the process that was started with these settings; unhealthy when there is none. */
    public static Health of(HttpSettings settings) {
        if (settings.port() == 0) {
            return new Health(
                    false,
                    "HTTP_PORT is 0, so the process has no health endpoint: set the same port for the process and for this check");
        }
        String host = settings.bind().contains(":") ? "[" + settings.bind() + "]" : settings.bind();
        URI address = URI.create("http://" + host + ":" + settings.port() + "/health");
        try {
            // The old client: its classes load in half the time, and start-up is most of a health check.
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout((int) TIMEOUT.toMillis());
            connection.setReadTimeout((int) TIMEOUT.toMillis());
            if (settings.token().isPresent()) {
                connection.setRequestProperty(
                        "Authorization", "Bearer " + settings.token().reveal());
            }
            int status = connection.getResponseCode();
            InputStream body = status == 200 ? connection.getInputStream() : connection.getErrorStream();
            String text = body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
            connection.disconnect();
            return new Health(status == 200, text.strip());
        } catch (IOException unreachable) {
            return new Health(false, "No response from " + address + ": " + unreachable);
        }
    }
}
