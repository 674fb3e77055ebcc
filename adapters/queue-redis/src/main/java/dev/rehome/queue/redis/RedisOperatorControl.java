package dev.rehome.queue.redis;

import dev.rehome.common.queue.OperatorControl;
import java.time.Instant;
import java.util.List;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;

/** The key control, which the processes read, and the stream changes, whose ids are Redis' time. */
record RedisOperatorControl(RedisConnection redis, RedisKeys keys) implements OperatorControl {
    @Override
    public String pause(String reason, String author) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("Expected a reason for the pause");
        }
        return change(PAUSED, reason, author);
    }

    @Override
    public String resume(String author) {
        return change(PAUSED, "", author);
    }

    private String change(String name, String value, String author) {
        return String.valueOf(redis.eval(RedisScript.CHANGE, keys, name, value, author));
    }

    @Override
    public List<Change> changes(int limit) {
        return redis.call(r -> r.xrevrange(keys.changes(), (StreamEntryID) null, (StreamEntryID) null, limit)).stream()
                .map(RedisOperatorControl::change)
                .toList();
    }

    private static Change change(StreamEntry entry) {
        return new Change(
                Instant.ofEpochMilli(entry.getID().getTime()),
                entry.getFields().getOrDefault("author", ""),
                entry.getFields().getOrDefault("name", ""),
                entry.getFields().getOrDefault("before", ""),
                entry.getFields().getOrDefault("after", ""));
    }
}
