package dev.rehome.queue.redis;

import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Secret;
import dev.rehome.common.settings.Setting;
import java.util.List;
import java.util.Optional;

/**
 * How Redis is reached.
 *
 * @param host host name, resolved again for each new connection
 * @param port TCP port
 * @param user ACL user, empty for the default user
 * @param password empty for none
 * @param tls whether the connection is encrypted
 * @param tlsCa the certificate authority: a PEM file, or PEM text; empty for the JVM's own
 */
public record RedisSettings(String host, int port, String user, Secret password, boolean tls, Optional<String> tlsCa) {
    private static final Setting<String> HOST =
            Setting.text("REDIS_HOST", "Host name of Redis.").required();
    private static final Setting<Integer> PORT =
            Setting.integer("REDIS_PORT", "Port of Redis.", 1, 65_535).or(6379);
    private static final Setting<String> USER = Setting.text(
                    "REDIS_USER", "ACL user of Redis; the default user when empty.")
            .or("");
    private static final Setting<Secret> PASSWORD = Setting.secret(
                    "REDIS_PASSWORD", "Password of Redis; none when empty.")
            .or(Secret.NONE);
    private static final Setting<Boolean> TLS = Setting.flag(
                    "REDIS_TLS", "Whether to use TLS for Redis; certificate and host name are then verified.")
            .or(false);
    private static final Setting<Optional<String>> TLS_CA = Setting.text(
                    "REDIS_TLS_CA",
                    "Certificate authority of Redis, a PEM file or PEM text; the JVM's own when empty. Needs REDIS_TLS.")
            .optional();

    /** The settings, for help and documents. */
    public static final List<Setting<?>> ALL = List.of(HOST, PORT, USER, PASSWORD, TLS, TLS_CA);

    /** Reads them; problems are collected in the environment. */
    public static RedisSettings from(Environment env) {
        RedisSettings settings = new RedisSettings(
                env.read(HOST), env.read(PORT), env.read(USER), env.read(PASSWORD), env.read(TLS), env.read(TLS_CA));
        settings.tlsCa.ifPresent(ca -> {
            if (!settings.tls) {
                env.problem("REDIS_TLS_CA is set, but REDIS_TLS isn't true: set it, or remove REDIS_TLS_CA");
            }
            try {
                PrivateAuthority.load(ca);
            } catch (IllegalArgumentException unusable) {
                env.problem("REDIS_TLS_CA is not valid: " + unusable.getMessage());
            }
        });
        return settings;
    }
}
