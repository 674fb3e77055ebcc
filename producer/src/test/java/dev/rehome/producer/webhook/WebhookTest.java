package dev.rehome.producer.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rehome.common.Unavailable;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Secret;
import dev.rehome.common.settings.SettingsProblems;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A webhook against a real server. */
class WebhookTest {
    private record Received(String body, String signature) {}

    private static final Secret SECRET = new Secret("correct horse");
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final RunEvent PAUSED = new RunEvent("1/a/change-4", "paused", NOW, "žluté \"deploy\"");

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final AtomicInteger failuresLeft = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private volatile boolean slow;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/hook", this::handle);
        server.start();
    }

    @AfterEach
    void stop() {
        released.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (slow) {
                released.await();
            }
            boolean fails = failuresLeft.getAndDecrement() > 0;
            if (!fails) {
                received.add(new Received(body, exchange.getRequestHeaders().getFirst(Webhook.SIGNATURE)));
            }
            exchange.sendResponseHeaders(fails ? 503 : 204, -1);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private Webhook webhook(Duration timeout) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
        return new Webhook(url, SECRET, "shop", InstantSource.fixed(NOW), timeout);
    }

    @Test
    void messageIsSignedWithItsTime() {
        webhook(Webhook.TIMEOUT).accept(PAUSED);
        Received message = received.remove();
        assertThat(message.body())
                .isEqualTo("{\"id\":\"1/a/change-4\",\"event\":\"paused\",\"migration\":\"shop\","
                        + "\"at\":\"2026-05-01T12:00:00Z\",\"detail\":\"žluté \\\"deploy\\\"\"}");
        assertThat(message.signature())
                .isEqualTo("t=1777636800,v1=" + Webhook.signature(SECRET, "1777636800." + message.body()));
    }

    @Test
    void signatureIsTheOneOfOtherImplementations() {
        // From RFC 4231, test case 2.
        assertThat(Webhook.signature(new Secret("Jefe"), "what do ya want for nothing?"))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void wrongStatusIsAFailure() {
        failuresLeft.set(1);
        Assertions.assertThatThrownBy(() -> webhook(Webhook.TIMEOUT).accept(PAUSED))
                .isInstanceOf(Unavailable.class)
                .hasMessage("The webhook at 127.0.0.1 responded with status 503, expected 2xx (event paused)");
    }

    @Test
    void unreachableReceiverIsAFailure() {
        server.stop(0);
        Assertions.assertThatThrownBy(() -> webhook(Webhook.TIMEOUT).accept(PAUSED))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("The webhook at 127.0.0.1 failed: ");
    }

    @Test
    void silentReceiverIsGivenUp() {
        slow = true;
        Assertions.assertThatThrownBy(() -> webhook(Duration.ofMillis(50)).accept(PAUSED))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("didn't respond within");
    }

    @Test
    void addressMustBeSafe() {
        Assertions.assertThatThrownBy(() -> settings("http://example.com/", "s"))
                .isInstanceOf(SettingsProblems.class)
                .hasMessageContaining("begins with https://");
        Assertions.assertThatThrownBy(() -> settings("https://example.com/", ""))
                .isInstanceOf(SettingsProblems.class)
                .hasMessageContaining("WEBHOOK_SECRET must be set");
        Assertions.assertThatThrownBy(() -> settings("https://u:p@example.com/", "s"))
                .isInstanceOf(SettingsProblems.class)
                .hasMessageContaining("without user and password");
        assertThat(settings("http://127.0.0.1:8080/", "s").url()).isPresent();
        assertThat(settings("https://example.com/", "s").toString()).doesNotContain("secret=s");
        assertThat(settings("", "").url()).isEmpty();
    }

    private static WebhookSettings settings(String url, String secret) {
        Environment env = new Environment(Map.of("WEBHOOK_URL", url, "WEBHOOK_SECRET", secret));
        WebhookSettings settings = WebhookSettings.from(env);
        env.throwIfProblems();
        return settings;
    }
}
