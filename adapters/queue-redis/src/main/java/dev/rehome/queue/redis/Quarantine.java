package dev.rehome.queue.redis;

import dev.rehome.common.batch.BatchId;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queue entries that nobody can process: ids that aren't UUIDs, and payloads that can't be decoded. Each is reported once
 * and moved out of the way; the next pass finds the records that it may have held.
 */
record Quarantine(RedisConnection redis, RedisKeys keys) {
    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

    /** The valid ids; the others are quarantined. */
    List<BatchId> valid(List<String> ids) {
        List<BatchId> valid = new ArrayList<>();
        for (String id : ids) {
            try {
                valid.add(BatchId.parse(id));
            } catch (IllegalArgumentException invalid) {
                add(id, "expected a UUID");
            }
        }
        return valid;
    }

    void add(String id, String reason) {
        LOG.error("Quarantined invalid queue entry '{}' ({}); inspect it in {}", id, reason, keys.quarantine());
        redis.eval(RedisScript.QUARANTINE, keys, id, reason);
    }
}
