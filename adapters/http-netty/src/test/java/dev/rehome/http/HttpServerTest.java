package dev.rehome.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Unavailable;
import dev.rehome.common.http.HttpHandler;
import dev.rehome.common.http.HttpResponse;
import dev.rehome.common.process.HealthCheck;
import dev.rehome.common.process.HttpSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest {
    private static final String EVENTS = "GET /api/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

    private final HttpSettings settings = new HttpSettings(freePort(), "127.0.0.1");
    private final AtomicReference<String> event = new AtomicReference<>("{\"n\":1}");
    private final AtomicInteger slow = new AtomicInteger();
    private final List<Socket> clients = new ArrayList<>();
    private final HttpHandler handler = request -> switch (request.path()) {
        case "/health" -> HttpResponse.text(200, "copying, caf\u00e9");
        case "/slow" -> {
            slow.incrementAndGet();
            await();
            yield HttpResponse.text(200, "at last");
        }
        case "/unavailable" -> throw new Unavailable("Redis is away");
        case "/defect" -> throw new IllegalStateException("secret detail");
        case "/echo" -> HttpResponse.json(200, request.body());
        default -> HttpResponse.text(404, "nothing here");
    };
    private final CountDownLatch released = new CountDownLatch(1);
    private final HttpServer server = new HttpServer(settings, Set.of(), handler, event::get);

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    private void await() {
        try {
            released.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void close() throws IOException {
        released.countDown();
        for (Socket client : clients) {
            client.close();
        }
        server.close();
    }

    @Test
    void healthCheckOfTheContainerGetsTheState() {
        assertThat(HealthCheck.of(settings)).isEqualTo(new HealthCheck.Health(true, "copying, caf\u00e9"));
        server.close();
        assertThat(HealthCheck.of(settings).text()).startsWith("No response from");
    }

    @Test
    void healthCheckDoesNotWaitForRequestsThatWaitForTheDatabase() throws Exception {
        for (int i = 0; i < 50; i++) {
            send("GET /slow HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        }
        assertThat(HealthCheck.of(settings).healthy()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Nonsense\r\n\r\n", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: LONG\r\n\r\n"})
    void requestThatCantBeParsedIsRejectedAndReachesNoHandler(String text) throws Exception {
        Socket client = send(text.replace("LONG", "x".repeat(20_000)));
        client.setSoTimeout(60_000);
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        assertThat(reader.readLine()).isEqualTo("HTTP/1.1 400 Bad Request");
    }

    /** A proxy that reuses the connection would take the response for another client's. */
    @Test
    void pipelinedRequestIsIgnored() throws Exception {
        String get = "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
        Socket client = send(get.formatted("/slow") + get.formatted("/nothing") + get.formatted("/slow"));
        client.setSoTimeout(60_000);
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
        released.countDown();

        assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("HTTP/1.1 200 OK")
                .contains("at last")
                .doesNotContain("404");
        assertThat(slow).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /slow HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                "GET /slow HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: rehome.example.com\r\n\r\n"
            })
    void headersThatContradictEachOtherAreRejected(String request) throws Exception {
        Socket client = send(request);
        client.setSoTimeout(60_000);
        released.countDown();

        assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("HTTP/1.1 400 Bad Request");
        assertThat(slow).hasValue(0);
    }

    @Test
    void withoutAPortNothingListensAndTheCheckSaysSo() throws IOException {
        HttpSettings none = new HttpSettings(0, "127.0.0.1");
        try (HttpServer silent = new HttpServer(none, Set.of(), handler, event::get)) {
            silent.start();
            assertThat(HealthCheck.of(none).text()).contains("HTTP_PORT");
        }
    }

    @Test
    void addressInUseIsReportedWithTheSettings() {
        assertThatThrownBy(() -> new HttpServer(settings, Set.of(), handler, event::get).start())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("HTTP_PORT=" + settings.port());
    }

    @Test
    void failuresBecomeStatusCodesWithoutDetails() throws Exception {
        assertThat(get("/unavailable").statusCode()).isEqualTo(503);
        assertThat(get("/defect").statusCode()).isEqualTo(500);
        assertThat(get("/defect").body()).doesNotContain("secret");
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void bodyOfAChangeArrivesAndOneThatIsTooLongIsRejected() throws Exception {
        assertThat(post("{\"reason\":\"caf\u00e9\"}").body()).isEqualTo("{\"reason\":\"caf\u00e9\"}");
        assertThat(post("x".repeat(70_000)).statusCode()).isEqualTo(413);
    }

    @Test
    void streamSendsTheEventAndThenOnlyWhatChanged() throws Exception {
        BufferedReader stream = stream();
        assertThat(data(stream)).isEqualTo("{\"n\":1}");
        event.set("{\"n\":2}");
        assertThat(data(stream)).isEqualTo("{\"n\":2}");
    }

    @Test
    void oneStreamTooManyIsRejectedAndTheOthersContinue() throws Exception {
        BufferedReader first = stream();
        for (int i = 1; i < EventStreams.MAX; i++) {
            stream();
        }
        assertThat(get("/api/events").statusCode()).isEqualTo(503);
        assertThat(data(first)).isEqualTo("{\"n\":1}");
    }

    @Test
    void slowAndSilentClientsBlockNobody() throws Exception {
        event.set("x".repeat(1_000_000));
        for (int i = 0; i < 20; i++) {
            send("GET /hea");
            send("GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        }
        for (int i = 0; i < EventStreams.MAX; i++) {
            send(EVENTS);
        }
        assertThat(HealthCheck.of(settings).healthy()).isTrue();
    }

    @Test
    void connectionWhoseRequestDoesNotArriveIsClosed() throws Exception {
        server.close();
        try (HttpServer hurried = new HttpServer(settings, Set.of(), handler, event::get, Duration.ofMillis(100))) {
            hurried.start();
            send("GET /hea");
            clients.get(0).setSoTimeout(60_000);
            assertThat(clients.get(0).getInputStream().read()).isEqualTo(-1);
        }
    }

    private Socket send(String text) throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), settings.port());
        clients.add(client);
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    private BufferedReader stream() throws IOException {
        Socket client = send(EVENTS);
        client.setSoTimeout(60_000);
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        assertThat(reader.readLine()).isEqualTo("HTTP/1.1 200 OK");
        return reader;
    }

    private static String data(BufferedReader stream) throws IOException {
        String line = stream.readLine();
        while (!line.startsWith("data: ")) {
            line = stream.readLine();
        }
        return line.substring("data: ".length());
    }

    private java.net.http.HttpResponse<String> get(String path) throws Exception {
        return client().send(HttpRequest.newBuilder(address(path)).build(), BodyHandlers.ofString());
    }

    private java.net.http.HttpResponse<String> post(String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address("/echo"))
                .header("Content-Type", "application/json")
                .header("X-Rehome", "1")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client().send(request, BodyHandlers.ofString());
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + settings.port() + path);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new AssertionError(none);
        }
    }
}
