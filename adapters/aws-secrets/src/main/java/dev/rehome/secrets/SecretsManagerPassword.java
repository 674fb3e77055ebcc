package dev.rehome.secrets;

import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.PasswordSource;
import dev.rehome.common.settings.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The password under {@code password} of a secret in JSON, the form in which RDS and its rotation keep it; a secret that
 * is no JSON is the password itself. Asked anew for a new connection, at most every five seconds, so that a rotation is
 * followed: connections that stand stay valid. Safe for use by several threads.
 */
public final class SecretsManagerPassword implements PasswordSource, AutoCloseable {
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final SecretsManagerClient client;
    private final String arn;
    private final InstantSource time;
    private Secret known = Secret.NONE;
    private Instant asked = Instant.EPOCH;

    /** {@code AWS_ENDPOINT_URL_SECRETS_MANAGER} points it elsewhere, as the SDK does everywhere. */
    public SecretsManagerPassword(String arn, InstantSource time) {
        this(arn, time, client());
    }

    SecretsManagerPassword(String arn, InstantSource time, SecretsManagerClient client) {
        this.arn = arn;
        this.time = time;
        this.client = client;
    }

    private static SecretsManagerClient client() {
        return SecretsManagerClient.builder()
                .httpClientBuilder(Apache5HttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(5))
                        .socketTimeout(Duration.ofSeconds(10))
                        .maxConnections(2))
                .overrideConfiguration(
                        config -> config.retryStrategy(RetryMode.STANDARD).apiCallTimeout(Duration.ofSeconds(30)))
                .build();
    }

    /**
     * {@inheritDoc}
     *
     * @throws Unavailable when the secret can't be read now
     */
    @Override
    public synchronized Secret current() {
        if (Duration.between(asked, time.instant()).compareTo(FRESH) >= 0) {
            known = read();
            asked = time.instant();
        }
        return known;
    }

    private Secret read() {
        try {
            return password(
                    client.getSecretValue(request -> request.secretId(arn)).secretString());
        } catch (SdkException trouble) {
            throw new Unavailable(
                    "The database's password can't be read from " + arn + ": " + trouble.getMessage()
                            + " (the task role needs secretsmanager:GetSecretValue)",
                    trouble);
        }
    }

    /** The password in a secret's text. */
    static Secret password(String text) {
        try {
            JsonNode password = JsonMapper.shared().readTree(text).path("password");
            return new Secret(password.isString() ? password.stringValue() : text);
        } catch (JacksonException plain) {
            // Not JSON: the secret holds nothing but the password.
            return new Secret(text);
        }
    }

    @Override
    public boolean mayChange() {
        return true;
    }

    @Override
    public void close() {
        client.close();
    }
}
