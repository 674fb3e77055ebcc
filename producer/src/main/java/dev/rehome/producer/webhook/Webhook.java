package dev.rehome.producer.webhook;

import dev.rehome.common.process.Backoff;
import dev.rehome.common.process.Loop;
import dev.rehome.common.process.Plural;
import dev.rehome.common.settings.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends events in order, from a thread of its own. The run never waits for the receiver: events wait in a queue of {@link
 * #MOST_WAITING}, and the oldest is dropped when it is full. An event is sent again with back-off until the receiver responds
 * with a status from 200 to 299, at most {@link #TRIES} times. Safe for use by any thread.
 */
public final class Webhook implements AutoCloseable {
    /** Carries {@code t=<Unix seconds>,v1=<hex>}: the HMAC-SHA256 of the seconds, a dot and the body. */
    public static final String SIGNATURE = "Rehome-Signature";

    static final int MOST_WAITING = 100;
    static final int TRIES = 10;

    private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);
    private static final Duration IDLE = Duration.ofMillis(100);

    private final URI url;
    private final Secret secret;
    private final String migration;
    private final InstantSource time;
    private final Timing timing;
    private final HttpClient http;
    private final Deque<String> waiting = new ArrayDeque<>();
    private final Loop loop;
    private boolean sending;
    private int failures;

    /**
     * How long things take.
     *
     * @param timeout of one request
     * @param backoff between two tries
     * @param lastWait how long {@link #close} waits for what isn't sent yet
     */
    public record Timing(Duration timeout, Backoff backoff, Duration lastWait) {
        /** Ten seconds a request, a minute at most between two, five seconds at the end. */
        public static final Timing USUAL = new Timing(
                Duration.ofSeconds(10),
                new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1)),
                Duration.ofSeconds(5));
    }

    /** Starts the thread. {@code migration}: the migration's name, for the messages. */
    public Webhook(URI url, Secret secret, String migration, InstantSource time, Timing timing) {
        this.url = url;
        this.secret = secret;
        this.migration = migration;
        this.time = time;
        this.timing = timing;
        this.http = HttpClient.newBuilder()
                .connectTimeout(timing.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.loop = new Loop("webhook", this::step, fatal -> LOG.error("No more events are sent to the webhook", fatal))
                .start();
    }

    /**
     * Sends an event later; returns at once.
     *
     * @param event its name, such as {@code paused}
     * @param detail what happened, in words
     */
    public synchronized void send(String event, String detail) {
        if (waiting.size() == MOST_WAITING) {
            LOG.warn("The webhook has {} events to send; dropping the oldest", MOST_WAITING);
            waiting.removeFirst();
            failures = 0;
        }
        JsonMapper json = JsonMapper.shared();
        waiting.addLast(json.writeValueAsString(json.createObjectNode()
                .put("event", event)
                .put("migration", migration)
                .put("at", time.instant().toString())
                .put("detail", detail)));
        notifyAll();
    }

    private Duration step() {
        String body;
        synchronized (this) {
            body = waiting.peekFirst();
            sending = body != null;
        }
        if (body == null) {
            return IDLE;
        }
        String failure = post(body);
        synchronized (this) {
            sending = false;
            failures = failure.isEmpty() ? 0 : failures + 1;
            boolean givesUp = failures >= TRIES;
            if (!failure.isEmpty() && (failures == 1 || givesUp)) {
                LOG.warn(
                        "The webhook at {} {}; {}",
                        url.getHost(),
                        failure,
                        givesUp ? "gave up after " + TRIES + " tries: " + body : "trying again");
            }
            if (failure.isEmpty() || givesUp) {
                // Unless it was dropped from a full queue in the meantime.
                waiting.remove(body);
                failures = 0;
            }
            notifyAll();
            return failures == 0 ? Duration.ZERO : timing.backoff().delay(failures, ThreadLocalRandom.current());
        }
    }

    /** Sends a message; returns why it failed, empty when it arrived. */
    private String post(String body) {
        String seconds = Long.toString(time.instant().getEpochSecond());
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(timing.timeout())
                .header("Content-Type", "application/json")
                .header(SIGNATURE, "t=" + seconds + ",v1=" + signature(secret, seconds + "." + body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status / 100 == 2 ? "" : "responded with status " + status + ", expected 2xx";
        } catch (IOException failed) {
            return "failed: " + failed;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return "was interrupted";
        }
    }

    /** The signature of a text, in hexadecimal. */
    public static String signature(Secret secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Waits a limited time for what isn't sent yet. */
    @Override
    public void close() {
        long end = System.nanoTime() + timing.lastWait().toNanos();
        synchronized (this) {
            long left = timing.lastWait().toNanos();
            while (left > 0 && (sending || !waiting.isEmpty())) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                    break;
                }
                left = end - System.nanoTime();
            }
            if (!waiting.isEmpty()) {
                LOG.warn("Not sent to the webhook: {}", Plural.of(waiting.size(), "event"));
            }
        }
        loop.close(Duration.ZERO);
    }
}
