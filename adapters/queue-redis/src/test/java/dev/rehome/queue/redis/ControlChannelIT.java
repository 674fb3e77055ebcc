package dev.rehome.queue.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.Eventually;
import dev.rehome.common.queue.ConsumerReport;
import dev.rehome.common.queue.ControlChannel;
import dev.rehome.common.queue.Hold;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The keys through which operators, the producer and consumers inform each other about a run. */
@ExtendWith(RedisServers.class)
class ControlChannelIT {
    private final String migration = UUID.randomUUID().toString();
    private final RedisKeys keys = new RedisKeys(migration);
    private RawRedis raw;
    private RedisBatchQueue queue;
    private ControlChannel control;

    @BeforeEach
    void open(RedisServer redis) {
        raw = new RawRedis(redis);
        queue = RawRedis.queue(redis, migration, Duration.ZERO);
        control = queue.control();
    }

    @AfterEach
    void close() {
        queue.close();
        raw.close();
    }

    @Test
    void holdIsTheOperatorsFieldAndSettingsAreThoseInUpperCase() {
        raw.client().hset(keys.control(), Map.of("hold", "paused: look at this", "BATCH_SIZE", "5", "other", "x"));
        assertThat(queue.operator().state().hold()).contains(new Hold(Hold.Kind.PAUSED, "look at this"));
        assertThat(queue.operator().state().settings()).containsExactly(Map.entry("BATCH_SIZE", "5"));
    }

    @Test
    void reportsOlderThanAMinuteAreDropped() {
        long now = System.currentTimeMillis() / 1000;
        raw.client()
                .hset(keys.consumers(), Map.of("gone", "busy @" + (now - 70), "alive", "busy @" + now, "old", "busy"));
        control.report("c", ConsumerReport.of(ConsumerReport.Activity.IDLE, ""));
        control.report("c", ConsumerReport.of(ConsumerReport.Activity.COPYING, ""));
        Map<String, String> lines = raw.client().hgetAll(keys.consumers());
        assertThat(lines).containsOnlyKeys("alive", "c");
        assertThat(lines.get("c")).matches("\\{.*COPYING.*\\} @\\d+");
    }

    @Test
    void reportsOfTheLastMinuteAreReadWithoutTheirTimes() {
        long now = System.currentTimeMillis() / 1000;
        raw.client().hset(keys.consumers(), Map.of("gone", "busy @" + (now - 70), "old", "busy"));
        raw.client().hset(keys.consumers(), "alive", "stuck: no @ credentials @" + now);
        assertThat(control.reports())
                .containsExactly(Map.entry(
                        "alive", ConsumerReport.of(ConsumerReport.Activity.UNKNOWN, "stuck: no @ credentials")));
    }

    @Test
    void throttleEndsByItself() {
        assertThat(control.throttleReason()).isEmpty();
        control.throttle("a replica is behind", Duration.ofMinutes(1));
        assertThat(control.throttleReason()).isEqualTo("a replica is behind");
        assertThat(raw.client().pttl(keys.throttle())).isBetween(50_000L, 60_000L);
        control.throttle("still behind", Duration.ofMillis(1));
        Eventually.holds("the throttle ends", () -> control.throttleReason().isEmpty());
        control.throttle("again", Duration.ofMinutes(1));
        control.throttle("", Duration.ofMinutes(1));
        assertThat(raw.dump(migration)).isEmpty();
    }
}
