package dev.rehome.emulation.migration;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import redis.clients.jedis.RedisClient;

/** Reads and damages a migration's queue directly in Redis. Close it. */
public final class QueueInspector implements AutoCloseable {
    private static final String ANOTHER_LEADER = "an earlier one";

    private final RedisClient redis;
    private final String prefix;

    QueueInspector(int port, String migration) {
        this.redis = RedisClient.create("127.0.0.1", port);
        this.prefix = "rehome:{" + migration + "}:";
    }

    /** The prefix of all its keys in Redis. */
    public String prefix() {
        return prefix;
    }

    /** Evaluates a script atomically; its first argument is the prefix of the queue's keys. */
    public Object eval(String script, String argument) {
        return redis.eval(script, List.of(), List.of(prefix, argument));
    }

    /** Asks for a key that doesn't exist, to leave a mark in the output of MONITOR. */
    public void mark(String marker) {
        redis.exists(marker);
    }

    /** All keys of the migration in Redis. */
    public Set<String> keys() {
        return redis.keys(prefix.replace("{", "\\{") + "*");
    }

    /** The number of batches that wait for a consumer. */
    public long pending() {
        return redis.llen(prefix + "pending");
    }

    /** The number of leased batches. */
    public long leased() {
        return redis.zcard(prefix + "leases");
    }

    /** The highest number of attempts of any batch. */
    public long attempts() {
        return attemptsOfBatches().max().orElse(0);
    }

    /** The number of attempts of all batches together. */
    public long totalAttempts() {
        return attemptsOfBatches().sum();
    }

    private LongStream attemptsOfBatches() {
        return redis.keys(prefix.replace("{", "\\{") + "batch:*").stream()
                .mapToLong(key -> Long.parseLong(redis.hget(key, "attempts")));
    }

    /** The number of unfinished batches. */
    public long open() {
        return redis.scard(prefix + "open");
    }

    /** Deletes the content of the next pending batch, as a careless operator might; false when none is pending. */
    public boolean deleteNextBatch() {
        String id = redis.lindex(prefix + "pending", -1);
        return id != null && redis.del(prefix + "batch:" + id) == 1;
    }

    /** Moves the expiry of every lease, as a jump of Redis' clock in the other direction would; returns their number. */
    public long shiftLeases(Duration ahead) {
        String script = "for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do"
                + " redis.call('ZINCRBY', KEYS[1], ARGV[1], id) end return redis.call('ZCARD', KEYS[1])";
        return (Long) redis.eval(script, List.of(prefix + "leases"), List.of(Long.toString(ahead.toMillis())));
    }

    /** Writes another leader into the queue, as if an older backup had been restored. */
    public void nameAnotherLeader() {
        redis.hset(prefix + "scan", "leader", ANOTHER_LEADER);
    }

    /** Whether the queue still names the other leader. */
    public boolean isLedByAnother() {
        return ANOTHER_LEADER.equals(redis.hget(prefix + "scan", "leader"));
    }

    /** Whether Redis failed to write its append-only file when it last tried; then it rejects every write. */
    public boolean isWriteFailing() {
        return redis.info("persistence").contains("aof_last_write_status:err");
    }

    /** Loads a script into Redis, so that no call of it fails with NOSCRIPT. */
    public void loadScript(String text) {
        redis.scriptLoad(text);
    }

    /** Removes all scripts from Redis. */
    public void flushScripts() {
        redis.scriptFlush();
    }

    @Override
    public void close() {
        redis.close();
    }
}
