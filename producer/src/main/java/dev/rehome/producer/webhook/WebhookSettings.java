package dev.rehome.producer.webhook;

import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Secret;
import dev.rehome.common.settings.Setting;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where events of the run are sent.
 *
 * @param url the receiver; empty for none
 * @param secret the key of the signature
 */
public record WebhookSettings(Optional<URI> url, Secret secret) {
    private static final Setting<Optional<URI>> URL = Setting.uri(
                    "WEBHOOK_URL",
                    "Receives a signed JSON message by POST at the start of a run, each pause, drain, stop and resume, and"
                            + " its end, from the producer that leads. Must be https, unless it is this machine. None when it isn't set.")
            .optional();
    private static final Setting<Secret> SECRET = Setting.secret(
                    "WEBHOOK_SECRET", "Key of the messages' HMAC-SHA256 signature; required with WEBHOOK_URL.")
            .or(Secret.NONE);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** The settings, for help and documents. */
    public static final List<Setting<?>> ALL = List.of(URL, SECRET);

    /** The receiver, if there is one; {@code migration}: the migration's name, for the messages. */
    public Optional<Webhook> webhook(String migration, InstantSource time) {
        return url.map(address -> new Webhook(address, secret, migration, time, Webhook.TIMEOUT));
    }

    /** Reads them; problems are collected in the environment. */
    public static WebhookSettings from(Environment env) {
        Optional<URI> url = env.read(URL);
        Secret secret = env.read(SECRET);
        url.ifPresent(address -> {
            boolean plain = address.getScheme().equals("http") && LOOPBACK.contains(address.getHost());
            if (!plain && !address.getScheme().equals("https")) {
                env.problem(
                        "WEBHOOK_URL is not valid: expected an address that begins with https://, because the message"
                                + " leaves this machine");
            }
            if (address.getUserInfo() != null) {
                env.problem("WEBHOOK_URL is not valid: expected an address without user and password, which would be"
                        + " logged. The signature authenticates the sender");
            }
            if (!secret.isPresent()) {
                env.problem("WEBHOOK_URL is set, so WEBHOOK_SECRET must be set too: the receiver checks the signature");
            }
        });
        return new WebhookSettings(url, secret);
    }
}
