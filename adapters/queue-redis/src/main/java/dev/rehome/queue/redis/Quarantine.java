package dev.rehome.queue.redis;

import dev.rehome.common.batch.BatchId;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands in the queue and can't be ours: an id that is no UUID, put there by hand, or a payload that nobody can
 * read. It is set aside and told once, and stops nothing; records that it may have named are found by the next pass.
 */
record Quarantine(RedisConnection redis, RedisKeys keys) {
    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

    /** Those of the ids that can be ours; the others are set aside. */
    List<BatchId> sound(List<String> ids) {
        List<BatchId> sound = new ArrayList<>();
        for (String id : ids) {
            try {
                sound.add(BatchId.parse(id));
            } catch (IllegalArgumentException strange) {
                refuse(id, "no batch id: a UUID was expected");
            }
        }
        return sound;
    }

    /** Sets an id aside for a reason. */
    void refuse(String id, String reason) {
        LOG.error(
                "'{}' in the queue is set aside: {}. It stands in {} for you to look at and delete; what it named is"
                        + " found by the next pass",
                id,
                reason,
                keys.refused());
        redis.eval(RedisScript.SET_ASIDE, keys, id, reason);
    }
}
