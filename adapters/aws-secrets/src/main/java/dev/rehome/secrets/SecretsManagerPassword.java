package dev.rehome.secrets;

import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.PasswordSource;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.settings.Secret;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The field {@code password} of a secret in JSON, the format that RDS and its rotation use; a secret that isn't JSON is the
 * password itself. It is read again for a new connection, at most every five seconds, so that new connections follow a
 * rotation; existing ones stay valid. Safe for use by several threads.
 */
public final class SecretsManagerPassword implements PasswordSource, AutoCloseable {
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final SecretsManagerClient client;
    private final String arn;
    private final MonotonicClock clock;
    private Secret known = Secret.NONE;
    /** When the secret was read last; null before. */
    private Duration lastRead;

    /** {@code AWS_ENDPOINT_URL_SECRETS_MANAGER} names another server, as with every AWS SDK. */
    public SecretsManagerPassword(String arn, MonotonicClock clock) {
        this(arn, clock, client());
    }

    SecretsManagerPassword(String arn, MonotonicClock clock, SecretsManagerClient client) {
        this.arn = arn;
        this.clock = clock;
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
        if (lastRead == null || clock.now().minus(lastRead).compareTo(FRESH) >= 0) {
            known = read();
            lastRead = clock.now();
        }
        return known;
    }

    private Secret read() {
        try {
            return password(
                    client.getSecretValue(request -> request.secretId(arn)).secretString());
        } catch (SdkException failure) {
            throw new Unavailable(
                    "Can't read the database password from " + arn + ": " + failure.getMessage()
                            + " (the task role needs secretsmanager:GetSecretValue)",
                    failure);
        }
    }

    /** The password in a secret's text. */
    static Secret password(String text) {
        try {
            JsonNode password = JsonMapper.shared().readTree(text).path("password");
            return new Secret(password.isString() ? password.stringValue() : text);
        } catch (JacksonException notJson) {
            // Not JSON: the secret is the password.
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
