package dev.rehome.queue.redis;

import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Secret;
import dev.rehome.common.settings.Setting;
import java.time.Duration;
import java.util.List;

/**
 * How the queue is reached and how long its leases last.
 *
 * @param host host name, looked up again at each connection
 * @param port TCP port
 * @param user ACL user, empty for the default user
 * @param password empty for none
 * @param tls whether the connection is encrypted
 * @param lease how long a claim lasts without a heartbeat
 * @param maxAttempts claims that count before a batch is set aside
 * @param maxOpen how many batches may be unfinished at a time
 */
public record RedisSettings(
        String host,
        int port,
        String user,
        Secret password,
        boolean tls,
        Duration lease,
        int maxAttempts,
        int maxOpen) {
    private static final Setting<String> HOST =
            Setting.text("REDIS_HOST", "Host of Redis.").required();
    private static final Setting<Integer> PORT =
            Setting.integer("REDIS_PORT", "Port of Redis.", 1, 65_535).or(6379);
    private static final Setting<String> USER = Setting.text(
                    "REDIS_USER", "ACL user of Redis; the default user when empty.")
            .or("");
    private static final Setting<Secret> PASSWORD = Setting.secret(
                    "REDIS_PASSWORD", "Password of Redis; none when empty.")
            .or(Secret.NONE);
    private static final Setting<Boolean> TLS =
            Setting.flag("REDIS_TLS", "Whether to speak TLS to Redis.").or(false);
    private static final Setting<Duration> LEASE = Setting.seconds(
                    "LEASE_SECONDS", "How long a claim lasts without a heartbeat.", 3, 3_600)
            .or(Duration.ofSeconds(60));
    private static final Setting<Integer> MAX_ATTEMPTS = Setting.integer(
                    "MAX_ATTEMPTS", "Claims of a batch whose consumer died before the batch is split.", 1, 100)
            .or(5);
    private static final Setting<Integer> MAX_OPEN = Setting.integer(
                    "MAX_OPEN_BATCHES", "Unfinished batches before the producer waits.", 2, 100_000)
            .or(1_000);

    /** The settings, for help and documents. */
    public static final List<Setting<?>> ALL = List.of(HOST, PORT, USER, PASSWORD, TLS, LEASE, MAX_ATTEMPTS, MAX_OPEN);

    /** Reads them; problems are gathered in the environment. */
    public static RedisSettings from(Environment env) {
        return new RedisSettings(
                env.read(HOST),
                env.read(PORT),
                env.read(USER),
                env.read(PASSWORD),
                env.read(TLS),
                env.read(LEASE),
                env.read(MAX_ATTEMPTS),
                env.read(MAX_OPEN));
    }
}
