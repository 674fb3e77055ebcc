package dev.rehome.queue.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RedisRestartDetectorTest {
    private final TestClock time = new TestClock();
    private final RedisRestartDetector start = new RedisRestartDetector(Duration.ofSeconds(60), time);

    @Test
    void startIsRecentForAsLongAsALease() {
        assertThat(start.isRecent(info("a", 59))).isTrue();
        assertThat(start.isRecent(info("a", 60))).isFalse();
    }

    @Test
    void anotherRedisUnderTheSameNameIsAsGoodAsAStartHoweverLongItRuns() {
        assertThat(start.isRecent(info("a", 5_000))).isFalse();
        time.advance(Duration.ofSeconds(10));
        assertThat(start.isRecent(info("b", 9_000))).isTrue();
        time.advance(Duration.ofSeconds(59));
        assertThat(start.isRecent(info("b", 9_059))).isTrue();
        time.advance(Duration.ofSeconds(1));
        assertThat(start.isRecent(info("b", 9_060))).isFalse();
    }

    @Test
    void clockSetBackMakesNoStartRecent() {
        assertThat(start.isRecent(info("a", 600))).isFalse();
        assertThat(start.isRecent(info("a", -3_000))).isFalse();
        assertThat(start.isRecent(info("b", 9_000))).isTrue();
        time.advance(Duration.ofHours(-1));
        assertThat(start.isRecent(info("b", 5_400))).isFalse();
    }

    @Test
    void answerWithoutAnUptimeProvesNothing() {
        assertThat(start.isRecent("# Server\r\n")).isTrue();
    }

    private static String info(String run, long seconds) {
        return "# Server\r\nredis_version:7.0.15\r\nrun_id:" + run + "\r\nuptime_in_seconds:" + seconds + "\r\n";
    }
}
