package dev.rehome.producer.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rehome.common.process.Backoff;
import dev.rehome.common.queue.Hold;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A webhook against a real server. */
class WebhookTest {
    private record Received(String body, String signature) {}

    private static final Secret SECRET = new Secret("correct horse");
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final Webhook.Timing FAST = new Webhook.Timing(
            Duration.ofSeconds(1), new Backoff(Duration.ofMillis(1), Duration.ofMillis(5)), Duration.ofSeconds(20));

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

    private Webhook webhook(Webhook.Timing timing) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
        return new Webhook(url, SECRET, "shop", InstantSource.fixed(NOW), timing);
    }

    private Received next() throws InterruptedException {
        Received next = received.poll(20, TimeUnit.SECONDS);
        assertThat(next).as("a message").isNotNull();
        return next;
    }

    @Test
    void messageIsSignedWithItsTime() throws InterruptedException {
        try (Webhook webhook = webhook(FAST)) {
            webhook.send("paused", "žluté \"deploy\"");
            Received message = next();
            assertThat(message.body())
                    .isEqualTo("{\"event\":\"paused\",\"migration\":\"shop\",\"at\":\"2026-05-01T12:00:00Z\","
                            + "\"detail\":\"žluté \\\"deploy\\\"\"}");
            assertThat(message.signature())
                    .isEqualTo("t=1777636800,v1=" + Webhook.signature(SECRET, "1777636800." + message.body()));
        }
    }

    @Test
    void signatureIsTheOneOfOtherImplementations() {
        // From RFC 4231, test case 2.
        assertThat(Webhook.signature(new Secret("Jefe"), "what do ya want for nothing?"))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void wrongStatusIsTriedAgainAndTheOrderIsKept() throws InterruptedException {
        failuresLeft.set(3);
        try (Webhook webhook = webhook(FAST)) {
            webhook.send("started", "run 1");
            webhook.send("paused", "deploy");
            assertThat(next().body()).contains("started");
            assertThat(next().body()).contains("paused");
        }
    }

    @Test
    void receiverThatNeverAcceptsLosesTheMessageButNotTheNextOne() throws InterruptedException {
        failuresLeft.set(Webhook.TRIES);
        try (Webhook webhook = webhook(FAST)) {
            webhook.send("started", "run 1");
            webhook.send("paused", "deploy");
            assertThat(next().body()).contains("paused");
        }
    }

    @Test
    void slowReceiverHoldsNobodyUpAndTheOldestMessagesAreDropped() throws InterruptedException {
        slow = true;
        Webhook.Timing patient = new Webhook.Timing(Duration.ofMinutes(1), FAST.backoff(), Duration.ofSeconds(20));
        try (Webhook webhook = webhook(patient)) {
            for (int i = 0; i < Webhook.MOST_WAITING + 10; i++) {
                webhook.send("event", "number " + i);
            }
            assertThat(received).isEmpty();
            slow = false;
            released.countDown();
            List<String> bodies = new ArrayList<>();
            while (bodies.isEmpty()
                    || !bodies.get(bodies.size() - 1).contains("number " + (Webhook.MOST_WAITING + 9))) {
                bodies.add(next().body());
            }
            assertThat(bodies).hasSizeBetween(Webhook.MOST_WAITING, Webhook.MOST_WAITING + 1);
        }
    }

    @Test
    void unreachableReceiverDelaysTheEndNoLongerThanAgreed() {
        server.stop(0);
        Webhook.Timing hasty = new Webhook.Timing(FAST.timeout(), FAST.backoff(), Duration.ofMillis(1));
        Webhook webhook = webhook(hasty);
        webhook.send("started", "run 1");
        webhook.close();
        assertThat(received).isEmpty();
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

    @Test
    void holdThatEndsTheRunAtOnceIsSentBeforeTheEnd() throws InterruptedException {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
        AtomicReference<Optional<Hold>> hold = new AtomicReference<>(Optional.empty());
        CountDownLatch looked = new CountDownLatch(1);
        int code = RunNotices.during(
                new WebhookSettings(Optional.of(url), SECRET),
                "shop",
                () -> {
                    Optional<Hold> now = hold.get();
                    looked.countDown();
                    return now;
                },
                () -> {
                    await(looked);
                    hold.set(Optional.of(new Hold(Hold.Kind.STOPPED, "hard limit: 12 failed records > 10")));
                    return 1;
                });
        assertThat(code).isEqualTo(1);
        assertThat(next().body()).contains("\"started\"");
        assertThat(next().body()).contains("\"stopped\"", "hard limit: 12 failed records");
        assertThat(next().body()).contains("\"ended\"", "exit code 1");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void holdsAreNewsWhenTheyChange() {
        List<String> events = new ArrayList<>();
        List<Optional<Hold>> now = new ArrayList<>(List.of(Optional.of(new Hold(Hold.Kind.PAUSED, "deploy"))));
        HoldNotices notices = new HoldNotices(() -> now.get(0), (event, detail) -> events.add(event + ": " + detail));
        notices.run();
        now.set(0, Optional.empty());
        notices.run();
        now.set(0, Optional.of(new Hold(Hold.Kind.STOPPING, "hard limit: x")));
        notices.run();
        notices.run();
        assertThat(events).containsExactly("resumed: it was paused: deploy", "stopping: hard limit: x");
    }
}
