package dev.rehome.secrets;

import dev.rehome.common.catalog.PasswordSource;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Secret;
import dev.rehome.common.settings.Setting;
import java.util.List;
import java.util.Optional;

/**
 * The source of the database password.
 *
 * @param secretArn the secret in Secrets Manager; empty when the environment holds the password
 */
public record PasswordSettings(Optional<String> secretArn) {
    private static final Setting<Optional<String>> SECRET_ARN = Setting.text(
                    "DB_SECRET_ARN",
                    "Secrets Manager secret with the password of DB_USER, which may be rotated during the run; takes precedence over"
                            + " DB_PASSWORD.")
            .optional();

    /** The settings, for help and documents. */
    public static final List<Setting<?>> ALL = List.of(SECRET_ARN);

    /** Reads them; problems are collected in the environment. */
    public static PasswordSettings from(Environment env) {
        return new PasswordSettings(env.read(SECRET_ARN));
    }

    /** The source of the password; {@code fixed} when there is no secret. It lives as long as the process. */
    public PasswordSource source(Secret fixed, MonotonicClock clock) {
        return secretArn
                .<PasswordSource>map(arn -> new SecretsManagerPassword(arn, clock))
                .orElseGet(() -> PasswordSource.fixed(fixed));
    }
}
