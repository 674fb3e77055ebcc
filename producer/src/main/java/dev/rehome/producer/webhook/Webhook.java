package dev.rehome.producer.webhook;

import dev.rehome.common.Unavailable;
import dev.rehome.common.settings.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/** Posts events to a receiver, each as a signed JSON object. Safe for use by any thread. */
public final class Webhook implements Consumer<RunEvent> {
    /** Carries {@code t=<Unix seconds>,v1=<hex>}: the HMAC-SHA256 of the seconds, a dot and the body. */
    public static final String SIGNATURE = "Rehome-Signature";

    /** How long the receiver may take: the producer waits as long for the last event at its end. */
    public static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final URI url;
    private final Secret secret;
    private final String migration;
    private final InstantSource time;
    private final Duration timeout;
    private final HttpClient http;

    /** {@code migration}: the migration's name, for the messages; {@code timeout}: of one request with its response. */
    public Webhook(URI url, Secret secret, String migration, InstantSource time, Duration timeout) {
        this.url = url;
        this.secret = secret;
        this.migration = migration;
        this.time = time;
        this.timeout = timeout;
        this.http = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * Posts an event.
     *
     * @throws Unavailable when the receiver may not have received it
     */
    @Override
    public void accept(RunEvent event) {
        CompletableFuture<HttpResponse<Void>> response =
                http.sendAsync(request(event), HttpResponse.BodyHandlers.discarding());
        try {
            int status = response.get(timeout.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            if (status / 100 != 2) {
                throw failed(event, "responded with status " + status + ", expected 2xx");
            }
        } catch (ExecutionException failure) {
            throw failed(event, "failed: " + failure.getCause());
        } catch (TimeoutException slow) {
            response.cancel(true);
            throw failed(event, "didn't respond within " + timeout.toSeconds() + " s");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw failed(event, "was interrupted");
        }
    }

    private Unavailable failed(RunEvent event, String how) {
        return new Unavailable("The webhook at " + url.getHost() + " " + how + " (event " + event.name() + ")");
    }

    private HttpRequest request(RunEvent event) {
        JsonMapper json = JsonMapper.shared();
        String body = json.writeValueAsString(json.createObjectNode()
                .put("id", event.id())
                .put("event", event.name())
                .put("migration", migration)
                .put("at", event.at().toString())
                .put("detail", event.detail()));
        String seconds = Long.toString(time.instant().getEpochSecond());
        return HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header(SIGNATURE, "t=" + seconds + ",v1=" + signature(secret, seconds + "." + body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
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
}
