package dev.rehome.queue.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.queue.ConsumerReport;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The keys that a migration leaves behind are dropped, and no others, whatever its name contains. */
@ExtendWith(RedisServers.class)
class RemainsIT {
    @Test
    void onlyTheMigrationsOwnKeysAreDropped(RedisServer redis) {
        String name = "sh*p[1]\\?" + UUID.randomUUID();
        String other = name.replace("*", "o");
        try (RawRedis raw = new RawRedis(redis);
                RedisBatchQueue ours = RawRedis.queue(redis, name, Duration.ZERO);
                RedisBatchQueue theirs = RawRedis.queue(redis, other, Duration.ZERO)) {
            assertThat(ours.remains().names()).isEmpty();
            for (RedisBatchQueue queue : new RedisBatchQueue[] {ours, theirs}) {
                queue.operator().pause("deploy", "ann");
                queue.control().report("c", ConsumerReport.of(ConsumerReport.Activity.IDLE, ""));
            }
            RedisKeys keys = new RedisKeys(name);
            assertThat(ours.remains().names()).containsExactly(keys.changes(), keys.consumers(), keys.control());

            ours.remains().drop();
            ours.remains().drop();

            assertThat(ours.remains().names()).isEmpty();
            assertThat(theirs.remains().names()).hasSize(3);
            assertThat(raw.client().exists(new RedisKeys(other).control())).isTrue();
        }
    }
}
