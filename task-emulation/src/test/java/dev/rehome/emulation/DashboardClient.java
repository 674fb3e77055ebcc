package dev.rehome.emulation;

import dev.rehome.embedded.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Sends requests to the HTTP server of a producer, on a port that was free. */
final class DashboardClient {
    private final int port = FreePort.find();

    int port() {
        return port;
    }

    String address(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** The status code; 0 while nothing listens. */
    int status(String method, String path, String body) {
        try {
            return send(method, path, body).statusCode();
        } catch (IOException notYet) {
            return 0;
        }
    }

    String body(String path) {
        try {
            return send("GET", path, "").body();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private HttpResponse<String> send(String method, String path, String body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address(path)))
                .header("Content-Type", "application/json")
                .header("X-Rehome", "1")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException(stop);
        }
    }
}
