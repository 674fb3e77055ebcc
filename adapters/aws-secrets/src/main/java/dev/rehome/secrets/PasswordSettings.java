package dev.rehome.secrets;

import dev.rehome.common.catalog.PasswordSource;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Secret;
import dev.rehome.common.settings.Setting;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Where the password is kept.
 *
 * @param secretArn the secret in Secrets Manager; empty when the environment holds the password
 */
public record PasswordSettings(Optional<String> secretArn) {
    private static final Setting<Optional<String>> SECRET_ARN = Setting.text(
                    "DB_SECRET_ARN",
                    "Secret with the password, which may be rotated during the run; comes before DB_PASSWORD.")
            .optional();

    /** The settings, for help and documents. */
    public static final List<Setting<?>> ALL = List.of(SECRET_ARN);

    /** Reads them; problems are gathered in the environment. */
    public static PasswordSettings from(Environment env) {
        return new PasswordSettings(env.read(SECRET_ARN));
    }

    /** The source that they name; {@code given} where they name none. It lives as long as the process. */
    public PasswordSource source(Secret given, InstantSource time) {
        return secretArn
                .<PasswordSource>map(arn -> new SecretsManagerPassword(arn, time))
                .orElseGet(() -> PasswordSource.fixed(given));
    }
}
