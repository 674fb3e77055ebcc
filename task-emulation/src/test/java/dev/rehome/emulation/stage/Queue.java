package dev.rehome.emulation.stage;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import redis.clients.jedis.RedisClient;

/** A look into a migration's queue, past the migrator. Close it. */
public final class Queue implements AutoCloseable {
    private final RedisClient redis;
    private final String prefix;

    Queue(int port, String migration) {
        this.redis = RedisClient.create("127.0.0.1", port);
        this.prefix = "rehome:{" + migration + "}:";
    }

    /** What the names of all its keys begin with. */
    public String prefix() {
        return prefix;
    }

    /** Evaluates a look at the queue as one step; the prefix of its keys is the first argument. */
    public Object eval(String script, String argument) {
        return redis.eval(script, List.of(), List.of(prefix, argument));
    }

    /** Asks for a key that nobody has: for those who listen. */
    public void say(String marker) {
        redis.exists(marker);
    }

    /** All keys of the migration. */
    public Set<String> keys() {
        return redis.keys(prefix.replace("{", "\\{") + "*");
    }

    /** Batches that wait for a consumer. */
    public long pending() {
        return redis.llen(prefix + "pending");
    }

    /** Batches that a consumer holds. */
    public long leased() {
        return redis.zcard(prefix + "leases");
    }

    /** The most attempts that any batch has behind it. */
    public long attempts() {
        return redis.keys(prefix.replace("{", "\\{") + "batch:*").stream()
                .mapToLong(key -> Long.parseLong(redis.hget(key, "attempts")))
                .max()
                .orElse(0);
    }

    /** Batches that are not finished. */
    public long open() {
        return redis.scard(prefix + "open");
    }

    /** Deletes what is known of the batch that comes next, as a careless operator might; false when none waits. */
    public boolean forgetOne() {
        String id = redis.lindex(prefix + "pending", -1);
        return id != null && redis.del(prefix + "batch:" + id) == 1;
    }

    /** Shifts every lease in one step, as a jump of Redis' clock in the other direction does; answers how many. */
    public long shiftLeases(Duration ahead) {
        String script = "for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do"
                + " redis.call('ZINCRBY', KEYS[1], ARGV[1], id) end return redis.call('ZCARD', KEYS[1])";
        return (Long) redis.eval(script, List.of(prefix + "leases"), List.of(Long.toString(ahead.toMillis())));
    }

    /** Makes the queue name another leader, as one restored from an older state would. */
    public void nameAnotherLeader() {
        redis.hset(prefix + "scan", "leader", "an earlier one");
    }

    /** Makes Redis know a script, so that a call of it is never one that is answered by a refusal. */
    public void loadScript(String text) {
        redis.scriptLoad(text);
    }

    /** Makes Redis forget the scripts. */
    public void flushScripts() {
        redis.scriptFlush();
    }

    @Override
    public void close() {
        redis.close();
    }
}
